/** What differs between two states of the same thing. */

/** Tell whether two values as JSON knows them are the same; an absent field is like none. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Array.isArray(a) === Array.isArray(b) && [...keys].every((key) => same(a[key], b[key]));
}

/** Return those fields of `after` that differ from `before`. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const entries = Object.entries(after) as [keyof T, unknown][];
  return Object.fromEntries(entries.filter(([name, value]) => !same(before[name], value))) as Partial<T>;
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
