/** People: as a form holds them, and who takes part in an edition, gathered from its sessions. */

import type { Schemas, Text } from "../api/client";

export type Person = Schemas["PersonOut"];
export type Role = Schemas["PersonRole"];
type Session = Pick<Schemas["services__events__programme__schemas__SessionOut"], "id" | "title" | "status" | "people">;

export const ROLES = [
  "chair",
  "moderator",
  "keynote",
  "speaker",
  "panelist",
  "interpreter",
  "honoured_guest",
] as const satisfies readonly Role[];

export interface PersonEntry {
  name: Text;
  family_first: boolean;
  title: Text;
  affiliation: Text;
  biography: Text;
  email?: string;
  phone?: string;
  account_id?: string | null;
}

const NOTHING: Text = { zh: "", en: "" };

/** Return what a form begins with: a person, or a new one; how to reach them only where that is told. */
export function personEntry(person?: Person): PersonEntry {
  const shown = !person || person.contact;
  return {
    name: person?.name ?? NOTHING,
    family_first: person?.family_first ?? true,
    title: person?.title ?? NOTHING,
    affiliation: person?.affiliation ?? NOTHING,
    biography: person?.biography ?? NOTHING,
    ...(shown && { email: person?.email ?? "", phone: person?.phone ?? "", account_id: person?.account_id ?? null }),
  };
}

export interface Part {
  session: string;
  title: Text;
  role: Role;
  confirmed: boolean;
}

export interface Participant {
  id: string;
  name: Text;
  affiliation: Text;
  parts: Part[];
  /** How many parts are not confirmed yet. */
  open: number;
}

/** Gather who takes part, from sessions that are not called off, in the order in which they come there. */
export function participantsOf(sessions: Iterable<Session>): Participant[] {
  const found = new Map<string, Participant>();
  for (const session of sessions) {
    if (session.status === "cancelled") continue;
    for (const { person_id: id, name, affiliation, role, confirmed } of session.people) {
      const person = found.get(id) ?? { id, name, affiliation, parts: [], open: 0 };
      person.parts.push({ session: session.id, title: session.title, role: role as Role, confirmed });
      if (!confirmed) person.open += 1;
      found.set(id, person);
    }
  }
  return [...found.values()];
}

export interface Wanted {
  q: string;
  role: string;
  open: string;
}

/** Return those whose name or affiliation holds the words, who have the role, and of whom something is open. */
export function wantedOf(people: readonly Participant[], { q, role, open }: Wanted): Participant[] {
  const words = q.trim().toLowerCase();
  return people.filter(
    ({ name, affiliation, parts, open: left }) =>
      [name.zh, name.en, affiliation.zh, affiliation.en].some((text) => text?.toLowerCase().includes(words)) &&
      (!role || parts.some((part) => part.role === role)) &&
      (!open || left > 0),
  );
}
