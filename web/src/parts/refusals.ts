/** Which of a form's fields a refusal names. */

import type { FieldRefusal } from "../api/client";

export type FieldPath = readonly (string | number)[];

export interface Placed {
  /** The first field that is named, and all that are, with what is said of each. */
  fields: { name: FieldPath; errors: string[] }[];
  /** What is said of no field of this form. */
  others: FieldRefusal[];
}

/** Place refusals by pointers such as `/body/name/zh` at the nearest of a form's fields: itself, one within, or what holds it. */
export function placeRefusals(refusals: readonly FieldRefusal[], fields: readonly FieldPath[]): Placed {
  const placed = new Map<string, { name: FieldPath; errors: string[] }>();
  const others: FieldRefusal[] = [];
  for (const refusal of refusals) {
    const path = refusal.pointer.split("/").slice(1);
    if (path[0] === "body") path.shift();
    const name = nearest(path, fields);
    if (!name) {
      others.push(refusal);
      continue;
    }
    const key = name.join("/");
    const before = placed.get(key)?.errors ?? [];
    placed.set(key, { name, errors: [...before, refusal.message] });
  }
  return { fields: [...placed.values()], others };
}

function nearest(path: readonly string[], fields: readonly FieldPath[]): FieldPath | undefined {
  const shared = (field: FieldPath) => {
    let n = 0;
    while (n < path.length && n < field.length && String(field[n]) === path[n]) n += 1;
    return n;
  };
  const fitting = fields.filter((field) => {
    const n = shared(field);
    return n > 0 && (n === path.length || n === field.length);
  });
  return fitting.sort((a, b) => shared(b) - shared(a))[0];
}
