/** What of a form differs from what it began with; which of it others have changed meanwhile; and the order of lists. */

import type { Text } from "../api/client";

/** Return whether two values say the same: what is empty, missing or null is nothing. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (isNothing(one) || isNothing(other)) return isNothing(one) && isNothing(other);
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => same(part(one, name), part(other, name)));
}

/** Return those of `values` that differ from `start`. */
export function changesOf<T extends object>(start: Partial<T>, values: T): Partial<T> {
  const changed = Object.entries(values).filter(([name, value]) => !same(part(start, name), value));
  return Object.fromEntries(changed) as Partial<T>;
}

function part(whole: object, name: string): unknown {
  return (whole as Record<string, unknown>)[name];
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isNothing);
}

export function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && "zh" in value && "en" in value;
}

/** Return any value of the API in one line; `none` for nothing. */
export function inWords(value: unknown, none = "–"): string {
  if (isNothing(value)) return none;
  if (isText(value)) return [value.zh, value.en].filter(Boolean).join(" / ");
  if (Array.isArray(value)) return value.map((each) => inWords(each, none)).join("; ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .filter(([, each]) => !isNothing(each))
      .map(([name, each]) => (typeof each === "number" ? `${name} ${each}` : inWords(each, none)))
      .join(", ");
  }
  return typeof value === "boolean" ? (value ? "✓" : "✗") : String(value);
}

/** Return a list with what stands at `from` put at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  const after = list.filter((_, index) => index !== from);
  if (item !== undefined) after.splice(to, 0, item);
  return after;
}

/** Return which items take which place so that one of them moves by `step` among all; each takes a place of its own. */
export function placesAfter<T extends { id: string; position: number }>(items: readonly T[], id: string, step: number) {
  const from = items.findIndex((item) => item.id === id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= items.length) return [];
  const placed = moved(items, from, to).map((item, position) => ({ item, position }));
  return placed.filter(({ item, position }) => item.position !== position);
}
