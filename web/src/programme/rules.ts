/** Sessions: as a form and a cell hold them, what is sent of them, and how complete their texts are. */

import type { Schemas, Text } from "../api/client";
import { type Counted, countsEntry, countsOf, numberOf, written } from "../parts/numbers";
import { instantOf, wallOf } from "../parts/times";

export type Session = Schemas["services__events__programme__schemas__SessionOut"];
export type SessionPatch = Schemas["SessionPatch"];
export type Track = Schemas["TrackOut"];
export type Role = Schemas["PersonRole"];

export const KINDS = [
  "plenary",
  "parallel",
  "panel",
  "poster",
  "roundtable",
  "ceremony",
  "break",
  "social",
  "closed",
  "talk",
  "workshop",
  "other",
] as const satisfies readonly Schemas["SessionKind"][];

export function isKind(value: string | undefined): value is Schemas["SessionKind"] {
  return KINDS.some((each) => each === value);
}

export const STATUSES = ["draft", "confirmed", "cancelled"] as const satisfies readonly Schemas["SessionStatus"][];
export const OPENNESS = ["public", "members", "invited", "staff"] as const satisfies readonly Schemas["Openness"][];
export const PRESENCE = ["on_site", "hybrid", "online"] as const satisfies readonly Schemas["AttendanceMode"][];

/** What of a session is edited in the table, or of many at once. */
export const CELLS = ["title_zh", "title_en", "kind", "duration_minutes", "status", "track_id", "openness"] as const;
export type CellName = (typeof CELLS)[number];
export const MANY = ["status", "track_id", "openness", "kind"] as const satisfies readonly CellName[];

/** Return what a cell holds, as it is edited. */
export function cellOf(session: Session, name: CellName): string {
  if (name === "title_zh") return session.title.zh;
  if (name === "title_en") return session.title.en;
  return String(session[name] ?? "");
}

/** Return the change that sets a cell of a session. */
export function changeOf(session: Session, name: CellName, value: string): SessionPatch {
  switch (name) {
    case "title_zh":
      return { title: { ...session.title, zh: value } };
    case "title_en":
      return { title: { ...session.title, en: value } };
    case "duration_minutes":
      return { duration_minutes: numberOf(value) };
    case "track_id":
      return { track_id: value || null };
    default:
      return { [name]: value };
  }
}

export interface LinkEntry {
  href: string;
  title: string;
  type: string;
}

export interface PartEntry {
  person_id: string | null;
  role: Role;
  title: Text;
  affiliation: Text;
}

export interface SessionEntry {
  title: Text;
  subtitle: Text;
  abstract: Text;
  description: Text;
  kind: Schemas["SessionKind"];
  status: Schemas["SessionStatus"];
  openness: Schemas["Openness"];
  attendance_mode: Schemas["AttendanceMode"];
  slug: string;
  position: string;
  parent_id: string | null;
  track_id: string;
  duration_minutes: string;
  expected_attendance: string;
  language: string;
  interpretation: string;
  embargo_until: string;
  join_url: string;
  tags: string;
  licence: string;
  do_not_record: string;
  needs: Counted[];
  links: LinkEntry[];
  attachments: LinkEntry[];
  people: PartEntry[];
}

const NOTHING: Text = { zh: "", en: "" };
export const NEW_PART: PartEntry = { person_id: null, role: "speaker", title: NOTHING, affiliation: NOTHING };
export const NEW_LINK: LinkEntry = { href: "", title: "", type: "" };

/** Return what is written with commas between, Chinese ones too, as a list. */
export function listOf(written: string): string[] {
  return [
    ...new Set(
      written
        .split(/[,，、;；]/)
        .map((each) => each.trim())
        .filter(Boolean),
    ),
  ];
}

/** Return what a form holds of a session; times are those of the edition's place. */
export function sessionEntry(session: Session, zone: string): SessionEntry {
  const { title, subtitle, abstract, description, slug, parent_id, language, join_url, licence } = session;
  return {
    title,
    subtitle,
    abstract,
    description,
    slug,
    parent_id,
    language,
    join_url,
    licence,
    kind: session.kind as Schemas["SessionKind"],
    status: session.status as Schemas["SessionStatus"],
    openness: session.openness as Schemas["Openness"],
    attendance_mode: session.attendance_mode as Schemas["AttendanceMode"],
    position: written(session.position),
    track_id: session.track_id ?? "",
    duration_minutes: written(session.duration_minutes),
    expected_attendance: written(session.expected_attendance),
    interpretation: session.interpretation.join(", "),
    embargo_until: wallOf(session.embargo_until, zone),
    tags: session.tags.join(", "),
    do_not_record: session.do_not_record === null ? "" : session.do_not_record ? "yes" : "no",
    needs: countsEntry(session.needs),
    links: session.links.map((link) => ({ ...NEW_LINK, ...link })),
    attachments: session.attachments.map((link) => ({ ...NEW_LINK, ...link })),
    people: session.people.map(({ person_id, role, title: job, affiliation }) => ({
      person_id,
      role: role as Role,
      title: job,
      affiliation,
    })),
  };
}

/** Return what is sent of a form; people who are not chosen yet are left out. */
export function sessionOf(entry: SessionEntry, zone: string) {
  return {
    ...entry,
    slug: entry.slug.trim(),
    position: numberOf(entry.position) ?? 0,
    track_id: entry.track_id || null,
    duration_minutes: numberOf(entry.duration_minutes),
    expected_attendance: numberOf(entry.expected_attendance),
    language: entry.language.trim(),
    interpretation: listOf(entry.interpretation),
    embargo_until: instantOf(entry.embargo_until, zone),
    join_url: entry.join_url.trim(),
    tags: listOf(entry.tags),
    do_not_record: entry.do_not_record === "" ? null : entry.do_not_record === "yes",
    needs: countsOf(entry.needs),
    people: entry.people.flatMap(({ person_id, ...part }) => (person_id ? [{ ...part, person_id }] : [])),
  };
}

/** The texts of a session that the public reads. */
export const TEXTS = ["title", "subtitle", "abstract", "description"] as const;
type Texts = Partial<Pick<SessionEntry, (typeof TEXTS)[number]>>;

export interface Side {
  filled: number;
  of: number;
  missing: (typeof TEXTS)[number][];
}

/** Return how many of the texts that have words have them in a language, and which have not. */
export function sideOf(texts: Texts, language: "zh" | "en"): Side {
  const said = TEXTS.filter((name) => texts[name]?.zh || texts[name]?.en);
  const missing = said.filter((name) => !texts[name]?.[language]);
  return { filled: said.length - missing.length, of: said.length, missing };
}

/** Return what stands before and behind in a list. */
export function beside(rows: readonly { id: string }[], id: string): { before?: string; after?: string } {
  const at = rows.findIndex((row) => row.id === id);
  if (at === -1) return {};
  const [before, after] = [rows[at - 1]?.id, rows[at + 1]?.id];
  return { ...(before && { before }), ...(after && { after }) };
}
