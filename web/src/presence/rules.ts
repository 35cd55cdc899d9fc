/** How those who are there are shown where there is little room. */

import type { Schemas } from "../api/client";

export type Present = Schemas["PresenceOut"];

/** So many are shown by their initials, the rest by their number. */
const MOST = 4;

/** Return a name as two signs: the end of a Chinese one, which says more than the family's, the first letters of others. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", ...others] = words;
  if (words.length === 1 && /^\p{Script=Han}/u.test(first)) return /.{1,2}$/u.exec(first)?.[0] ?? "";
  return [first, others.at(-1) ?? ""].map((word) => /^./u.exec(word)?.[0].toUpperCase() ?? "").join("");
}

/** Return what stands for several: the initials of some, and how many more there are. */
export function signsOf(names: readonly string[], most = MOST): string[] {
  const more = names.length - most;
  return [...names.slice(0, most).map(initialsOf), ...(more > 0 ? [`+${more}`] : [])];
}

/** Return who is at which session. */
export function bySession(others: readonly Present[]): ReadonlyMap<string, readonly Present[]> {
  return Map.groupBy(
    others.filter((each) => each.session_id),
    (each) => each.session_id ?? "",
  );
}
