/** What an edition may become, how its form is read and sent, and what is still to be done for it. */

import type { Schemas } from "../api/client";
import { same } from "../parts/differences";
import { NO_WORDS } from "../series/rules";

export type Edition = Schemas["EditionOut"];
export type EditionPatch = Schemas["EditionPatch"];
export type Deed = Schemas["Deed"];
export type State = Schemas["State"];

export const STATES: readonly State[] = ["planned", "open", "published", "running", "closed", "archived"];
export const STANDINGS: readonly Schemas["Standing"][] = ["normal", "postponed", "cancelled"];
export const MODES: readonly Schemas["AttendanceMode"][] = ["on_site", "hybrid", "online"];
export const PRECISIONS: readonly Schemas["Precision"][] = ["day", "month", "year"];
export const ROLES: readonly Schemas["OrganisationRole"][] = [
  "guidance",
  "host",
  "organizer",
  "co_organizer",
  "supporter",
];
export const PARTS: readonly NonNullable<Schemas["NextIn"]["parts"]>[number][] = [
  "organisations",
  "key_dates",
  "rooms",
  "tracks",
  "sessions",
  "people",
];

/** What leads from state to state, what the next is first. */
const STEPS: Readonly<Record<State, readonly Step[]>> = {
  planned: ["open", "publish"],
  open: ["publish"],
  published: ["start", "close"],
  running: ["close"],
  closed: ["archive", "reopen"],
  archived: ["reopen"],
};

export type Step = "open" | "publish" | "start" | "close" | "archive" | "reopen";
export type StandingDeed = "postpone" | "cancel" | "resume";

/** Return the steps that an edition may take; one that is postponed or cancelled does not start. */
export function stepsOf(edition: Pick<Edition, "state" | "standing">): readonly Step[] {
  const steps = STEPS[edition.state as State];
  return edition.standing === "normal" ? steps : steps.filter((step) => step !== "start");
}

/** Return what may become of an edition's standing; what is over stays as it was. */
export function standingDeeds(edition: Pick<Edition, "state" | "standing">): readonly StandingDeed[] {
  if (edition.state === "closed" || edition.state === "archived") return [];
  if (edition.standing === "normal") return ["postpone", "cancel"];
  return edition.standing === "postponed" ? ["resume", "postpone", "cancel"] : ["resume"];
}

export function isPublic(edition: Pick<Edition, "state">): boolean {
  return edition.state !== "planned" && edition.state !== "open";
}

/** Return the days of an edition as exactly as they are known, `""` where they are not. */
export function daysOf(edition: Pick<Edition, "starts_on" | "ends_on" | "date_precision">): string {
  const length = { year: 4, month: 7 }[edition.date_precision] ?? 10;
  const days = [edition.starts_on, edition.ends_on].map((day) => day?.slice(0, length) ?? "");
  return [...new Set(days)].filter(Boolean).join(" – ");
}

/** The fields of the form over an edition, in the order in which they stand there, with what a new one begins with. */
export const NEW = {
  name: NO_WORDS,
  number: null,
  slug: "",
  acronym: "",
  subtitle: NO_WORDS,
  description: NO_WORDS,
  starts_on: null,
  ends_on: null,
  date_precision: "day",
  tentative: false,
  zone: "Asia/Shanghai",
  city: NO_WORDS,
  country: "",
  venue_text: NO_WORDS,
  attendance_mode: "on_site",
  has_programme: true,
  hours_start: null,
  hours_end: null,
  day_change: null,
  slot_minutes: null,
  language: "zh",
  organisations: [],
  secretariat: NO_WORDS,
  contact_email: "",
  contact_phone: "",
  approval: null,
  requires_approval: false,
} as const satisfies EditionPatch;

const CLOCKS = ["hours_start", "hours_end", "day_change"] as const;

/** Return what a form over an edition begins with. */
export function fieldsOf(edition: Edition): EditionPatch {
  const names = Object.keys(NEW) as (keyof Edition)[];
  const own = Object.fromEntries(names.map((name) => [name, edition[name]])) as EditionPatch;
  for (const clock of CLOCKS) own[clock] = own[clock]?.slice(0, 5) ?? null;
  return { ...own, approval: edition.approval ?? { authority: NO_WORDS, number: "" } };
}

/** Return what was entered as the API takes it, in the very form in which approvals are compared. */
export function sent<T extends Partial<EditionPatch>>(values: T): T {
  const { approval } = values;
  const after: Record<string, unknown> = { ...values };
  for (const day of ["starts_on", "ends_on"] as const) if (day in values) after[day] = values[day] || null;
  for (const clock of CLOCKS) {
    if (clock in values) after[clock] = values[clock] ? `${values[clock].slice(0, 5)}:00` : null;
  }
  if ("number" in values) after.number = values.number ?? null;
  if ("slot_minutes" in values) after.slot_minutes = values.slot_minutes ?? null;
  if (values.country !== undefined) after.country = values.country.toUpperCase();
  if (values.organisations) {
    after.organisations = values.organisations.map(({ role, organisation_id, name }) => ({
      role,
      organisation_id: organisation_id || null,
      name: { ...NO_WORDS, ...name },
    }));
  }
  if ("approval" in values) {
    after.approval = same(approval, null)
      ? null
      : {
          authority: { ...NO_WORDS, ...approval?.authority },
          number: approval?.number ?? "",
          approved_on: approval?.approved_on || null,
          heads: approval?.heads ?? null,
          days: approval?.days ?? null,
        };
  }
  return after as T;
}

/** What of the history leaves the version of an edition as it was, so that approvals given before still hold. */
const BESIDE = ["copied", "released", "room_added", "room_removed"].map((verb) => `edition.${verb}`);

/** Return the approvals that hold for an edition as it stands, of its history, which is told newest first. */
export function holding(history: readonly Schemas["DeedOut"][]): readonly Schemas["DeedOut"][] {
  const own = history.filter((deed) => deed.verb.startsWith("edition.") && !BESIDE.includes(deed.verb));
  const end = own.findIndex((deed) => deed.verb !== "edition.approved");
  return end < 0 ? own : own.slice(0, end);
}

/** Return a year later: the same day, or the last of February. */
export function yearLater(day: string | null | undefined): string | null {
  if (!day) return null;
  const year = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return year.endsWith("-02-29") ? year.replace("-29", "-28") : year;
}

/** Return an address for the next edition: its year counted on, else its number, else a mark that it is the next. */
export function nextSlug(slug: string): string {
  if (/\d{4}/.test(slug)) return slug.replace(/\d{4}(?!.*\d{4})/, (year) => String(Number(year) + 1));
  if (/-\d+$/.test(slug)) return slug.replace(/\d+$/, (number) => String(Number(number) + 1));
  return `${slug}-2`;
}
