/** The kinds of sessions, as the programme knows them. */

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
] as const;

export type SessionKind = (typeof KINDS)[number];

export function isKind(value: string | undefined): value is SessionKind {
  return KINDS.some((each) => each === value);
}
