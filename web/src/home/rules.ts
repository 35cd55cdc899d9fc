/** What of an edition needs somebody: the dates that come next, and how much waits. */

import type { Schemas } from "../api/client";

type KeyDate = Schemas["KeyDateOut"];

const lastDay = (date: KeyDate) => (date.until_on ?? date.until_local ?? date.on ?? date.at_local ?? "").slice(0, 10);

/** Return the key dates that are not over, the nearest first, no more than `most`. */
export function coming(dates: readonly KeyDate[], today: string, most = 3): KeyDate[] {
  return dates.filter((date) => date.status !== "cancelled" && lastDay(date) >= today).slice(0, most);
}

/** Return the day that it is in a zone. */
export function todayIn(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now);
}

/** Return how many days lie between two days. */
export function daysUntil(date: string, today: string): number {
  return Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000);
}
