/** Numbers as fields hold them: written, so that what is being typed is never lost. */

/** Return the number that a field holds, or none. */
export function numberOf(entered: string | undefined): number | null {
  return entered?.trim() ? Number(entered) : null;
}

export function written(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

export interface Counted {
  name: string;
  count: string;
}

/** Return counts by name as rows of a form. */
export function countsEntry(counts: Record<string, number>): Counted[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count: String(count) }));
}

/** Return rows as counts by name: what has no number counts one, what is named twice counts together. */
export function countsOf(rows: readonly Counted[] | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, count } of rows ?? []) {
    const key = name.trim();
    if (key) counts[key] = (counts[key] ?? 0) + (numberOf(count) ?? 1);
  }
  return counts;
}
