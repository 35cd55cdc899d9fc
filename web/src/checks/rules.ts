/** What may be said of a nomination by where it stands, and how what is meant of single fields is told with it. */

import type { Schemas } from "../api/client";
import { numberOf } from "../parts/numbers";

export type Standing = Schemas["CheckStanding"];
type Outcome = Schemas["CheckOutcome"];

export const STANDINGS: readonly Standing[] = ["waiting", "second", "returned", "overdue", "passed", "rejected"];
export const HANDS = ["none", "mine", "any"] as const;
export const SORTS = ["oldest", "newest", "number", "name", "clock"] as const;
/** So many working days a correction takes, where nothing else is said. */
export const USUAL_DAYS = "5";

/** Return what may be said of what stands so: what was returned waits for its unit, what is decided stays decided. */
export function outcomesOf(standing: Standing): readonly Outcome[] {
  if (standing === "waiting" || standing === "second") return ["pass", "return", "reject"];
  return standing === "overdue" ? ["reject"] : [];
}

/** Tell whether a nomination may be returned together with others: it waits for a first opinion. */
export const isReturnable = ({ standing }: Pick<Schemas["CheckRowOut"], "standing">) => standing === "waiting";

/** What is meant of single fields, by their place in the form. */
export type Remarks = Readonly<Record<string, string>>;

export interface Said {
  outcome: Outcome;
  reasons?: string[];
  words?: string;
  working_days?: string;
}

/** Return an opinion as the API takes it: a return carries what is meant of fields, else it follows the other words. */
export function opinionOf(said: Said, remarks: Remarks, named: (pointer: string) => string): Schemas["OpinionIn"] {
  const { outcome, reasons = [], words = "", working_days } = said;
  const days = numberOf(working_days) ?? Number(USUAL_DAYS);
  const opinion = { outcome, reasons, words, working_days: days, remarks: [] };
  if (outcome === "pass") return { ...opinion, reasons: [], working_days: Number(USUAL_DAYS) };
  if (outcome === "reject") return { ...opinion, words: wordsWith(words, remarks, named) };
  const told = Object.entries(remarks).map(([pointer, remark]) => ({ pointer, words: remark.trim() }));
  return { ...opinion, remarks: told.filter((remark) => remark.words) };
}

/** Return words, followed by what is meant of each field. */
export function wordsWith(words: string, remarks: Remarks, named: (pointer: string) => string): string {
  const lines = Object.entries(remarks)
    .filter(([, remark]) => remark.trim())
    .map(([pointer, remark]) => `${named(pointer)}: ${remark.trim()}`);
  return [words.trim(), ...lines].filter(Boolean).join("\n");
}

/** Return what stands before and behind one of a round. */
export function neighboursOf(ids: readonly string[], id: string): { before?: string; after?: string; place: number } {
  const place = ids.indexOf(id);
  if (place < 0) return { place };
  const [before, after] = [ids[place - 1], ids[place + 1]];
  return { place, ...(before && { before }), ...(after && { after }) };
}

/** Return which field of a form a place in it is of, and the numbers and columns below it, such as `members`, `2`, `name`. */
export function stepsOf(pointer: string): { field: string; row?: number; column?: string } {
  const [, , field = "", row, column] = pointer.split("/").map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  if (row === undefined) return { field };
  const number = /^\d+$/.test(row) ? Number(row) + 1 : undefined;
  const below = number === undefined ? row : column;
  return { field, ...(number !== undefined && { row: number }), ...(below !== undefined && { column: below }) };
}
