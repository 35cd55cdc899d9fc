/** Rows as they are copied from a spreadsheet: title in Chinese, title in English, minutes, kind; separated by tabs. */

import type { Schemas } from "../api/client";
import { isKind, KINDS } from "../programme/rules";

type SessionKind = Schemas["SessionKind"];

export interface Row {
  title: { zh: string; en: string };
  minutes: number | null;
  kind: SessionKind;
}

export type Refusal = "paste.no_title" | "paste.bad_minutes" | "paste.bad_kind";

export interface Line {
  number: number;
  cells: readonly string[];
  row?: Row;
  refusals: readonly Refusal[];
}

/** The most minutes that a session may last. */
const LONGEST = 14 * 24 * 60;

/** Read what was pasted, line by line; `named` tells the kind that a word of either language stands for. */
export function readRows(text: string, named: (word: string) => SessionKind | undefined): Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const cells = line.split("\t").map((cell) => cell.trim());
    return cells.some(Boolean) ? [readRow(index + 1, cells, named)] : [];
  });
}

function readRow(number: number, cells: readonly string[], named: (word: string) => SessionKind | undefined): Line {
  const [zh = "", en = "", length = "", word = ""] = cells;
  const minutes = length === "" ? null : Number(halfWidth(length).replace(/\s*(分钟|分|min(utes)?|')$/i, ""));
  const lower = word.toLowerCase();
  const kind = word === "" ? "talk" : isKind(lower) ? lower : named(lower);
  const right = minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST);
  const refusals: Refusal[] = [];
  if (!zh && !en) refusals.push("paste.no_title");
  if (!right) refusals.push("paste.bad_minutes");
  if (kind === undefined) refusals.push("paste.bad_kind");
  return kind === undefined || refusals.length > 0
    ? { number, cells, refusals }
    : { number, cells, refusals, row: { title: { zh, en }, minutes, kind } };
}

/** Return digits as people type them in Chinese as those that can be read as a number. */
function halfWidth(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** Return what tells the kind from its words in both languages. */
export function kindsBy(words: (kind: SessionKind) => readonly string[]): (word: string) => SessionKind | undefined {
  const found = new Map(KINDS.flatMap((kind) => words(kind).map((word) => [word.toLowerCase(), kind] as const)));
  return (word) => found.get(word);
}
