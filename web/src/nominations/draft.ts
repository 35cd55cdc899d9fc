/** What somebody writes in a nomination, over what the server holds: nothing that is typed is lost, whoever else writes. */

import type { FieldSchema } from "../awards/form";
import { same } from "../parts/differences";

export type Value = unknown;
export type Content = Readonly<Record<string, Value>>;

/** A place that somebody else has changed as well. */
export interface Clash {
  pointer: string;
  base: Value;
  yours: Value;
  theirs: Value;
}

/** Return the fields that differ from what the server holds, null for one that was cleared. */
export function changedOf(base: Content, values: Content): Record<string, Value> {
  const names = new Set([...Object.keys(base), ...Object.keys(values)]);
  const changed = [...names].filter((name) => !alike(base[name], values[name]));
  return Object.fromEntries(changed.map((name) => [name, said(values[name])]));
}

/** An empty text is nothing; an empty list says that there is none. */
function said(value: Value): Value {
  return value === "" || value === undefined ? null : value;
}

function alike(one: Value, other: Value): boolean {
  if (Array.isArray(one) !== Array.isArray(other)) return said(one) === null && said(other) === null;
  return same(one, other);
}

/** Return what stands in the fields after an answer: what was typed since it was asked for stays, all else is the server's. */
export function afterAnswer(values: Content, sent: Content, answer: Content): Content {
  const names = new Set([...Object.keys(values), ...Object.keys(answer)]);
  const next: Record<string, Value> = {};
  for (const name of names) {
    const typedSince = !alike(values[name], sent[name]);
    const value = typedSince ? values[name] : answer[name];
    if (value !== undefined && value !== null) next[name] = value;
  }
  return next;
}

/** Return the field of a place such as `/content/name`. */
export function fieldOf(pointer: string): string {
  return decoded(pointer.split("/")[2] ?? "");
}

function decoded(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Return how long a text is, as the server counts: by signs, a Chinese one or an emoji being one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Return the fields that would be refused as they are, since a text in them is too long; they wait until they are mended. */
export function tooLong(values: Content, schema: FieldSchema): string[] {
  return Object.keys(values).filter((name) => isTooLong(values[name], schema.properties?.[name] ?? {}));
}

function isTooLong(value: Value, schema: FieldSchema): boolean {
  if (typeof value === "string") return schema.maxLength !== undefined && lengthOf(value) > schema.maxLength;
  if (Array.isArray(value)) {
    const most = schema.maxItems;
    return (most !== undefined && value.length > most) || value.some((each) => isTooLong(each, schema.items ?? {}));
  }
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, each]) => isTooLong(each, schema.properties?.[name] ?? {}));
}

/** Return what of a draft may be kept on this device: identity numbers are not. */
export function keepable(changes: Record<string, Value>, schema: FieldSchema): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([name]) => !JSON.stringify(schema.properties?.[name] ?? {}).includes("identity-number"),
    ),
  );
}
