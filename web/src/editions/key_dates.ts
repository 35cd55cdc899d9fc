/** How a key date is read from the API into its form, and sent back: a day or a time of day, from one until another. */

import type { Schemas } from "../api/client";
import { NO_WORDS } from "../series/rules";

export type KeyDate = Schemas["KeyDateOut"];

export const KEY_DATE_KINDS: readonly Schemas["KeyDateKind"][] = [
  "circular",
  "abstracts",
  "papers",
  "notification",
  "early_registration",
  "registration",
  "nomination",
  "arrival",
  "opening",
  "closing",
  "meeting",
  "other",
];

export const STATUSES = ["confirmed", "tentative", "cancelled"] as const;

export interface DateFields {
  kind: Schemas["KeyDateKind"];
  status: (typeof STATUSES)[number];
  title: Schemas["EventsText-Input"];
  description: Schemas["EventsText-Input"];
  by: "day" | "time";
  from: string;
  until: string;
}

/** Return what the form over a key date begins with, or over a new one. */
export function dateFields(date?: KeyDate): DateFields {
  const minutes = (time: string | null | undefined) => time?.slice(0, 16) ?? "";
  const timed = Boolean(date?.at_local);
  return {
    kind: (date?.kind ?? "registration") as DateFields["kind"],
    status: (date?.status ?? "confirmed") as DateFields["status"],
    title: date?.title ?? NO_WORDS,
    description: date?.description ?? NO_WORDS,
    by: timed ? "time" : "day",
    from: timed ? minutes(date?.at_local) : (date?.on ?? ""),
    until: timed ? minutes(date?.until_local) : (date?.until_on ?? ""),
  };
}

/** Return what was entered as the API takes it, in the very form in which approvals are compared. */
export function sentDate({ by, from, until, ...rest }: DateFields) {
  const time = (value: string) => (value ? `${value.slice(0, 10)}T${value.slice(11, 16) || "00:00"}:00` : null);
  const day = (value: string) => value.slice(0, 10) || null;
  return by === "time"
    ? { ...rest, on: null, until_on: null, at_local: time(from), until_local: time(until) }
    : { ...rest, on: day(from), until_on: day(until), at_local: null, until_local: null };
}

/** Return when a key date is, in the zone in which it was said. */
export function whenOf(date: KeyDate): string {
  const time = (value: string | null) => value?.slice(0, 16).replace("T", " ") ?? "";
  const ends = date.at_local ? [time(date.at_local), time(date.until_local)] : [date.on ?? "", date.until_on ?? ""];
  return [...new Set(ends)].filter(Boolean).join(" – ");
}
