/** Candidates that rules are tried on: as a form holds them, and as the API takes them. */

import type { Schemas } from "../api/client";
import type { Candidate } from "./queries";

/** The facts that are one word or one day each, so that each has a field of its own. */
export const WORDED = ["sex", "nationality", "degree", "title", "unit_kind", "post_level", "region"] as const;
export const PLAIN = ["category", "kind", "discipline", "unit"] as const;

export interface Tried {
  name: string;
  expected: string;
  born_on: string;
  plain: Partial<Record<(typeof WORDED)[number] | (typeof PLAIN)[number], string>>;
  /** All other facts, as JSON. */
  more: string;
}

export const NOBODY: Tried = { name: "", expected: "", born_on: "", plain: {}, more: "{}" };

/** Return a candidate as its form holds it. */
export function triedOf({ name, facts, expected }: Candidate): Tried {
  const { born_on, ...rest } = (facts ?? {}) as Record<string, unknown>;
  const named: readonly string[] = [...WORDED, ...PLAIN];
  const plain = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => named.includes(key) && value !== null),
  );
  const more = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => !named.includes(key) && value !== null && !isEmpty(value)),
  );
  return {
    name: name ?? "",
    expected: expected ?? "",
    born_on: typeof born_on === "string" ? born_on : "",
    plain,
    more: JSON.stringify(more),
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Return a candidate as the API takes it: what is not filled in is not known. */
export function candidateOf({ name, expected, born_on, plain, more }: Tried): Candidate {
  let others: object = {};
  try {
    others = JSON.parse(more || "{}") as object;
  } catch {
    others = {}; // said at the field
  }
  const filled = Object.fromEntries(Object.entries(plain).filter(([, value]) => value));
  const facts = { ...others, ...filled, ...(born_on && { born_on }) } as Schemas["Facts"];
  return { name, facts, ...(expected && { expected: expected as Schemas["Answer"] }) };
}

/** Return the examples of a set of rules as candidates. */
export function examplesOf(rules: unknown, language: "zh" | "en"): Tried[] {
  const examples = (rules as { examples?: Schemas["Example"][] } | null)?.examples ?? [];
  return examples.map(({ name, facts, expected }) =>
    triedOf({ name: name[language] || name.zh || name.en || "", facts, expected }),
  );
}
