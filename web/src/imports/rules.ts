/** What can be said of a file and its import without a screen. */

import type { Text } from "../api/client";
import { inWords } from "../parts/differences";
import type { ImportRow, Outcome } from "./queries";

export const PARTS = ["sessions", "rooms", "people", "tracks"] as const;
export const DEEDS = ["created", "changed", "removed"] as const;

/** The formats that can be read; which one a file is in is found out where none is chosen. */
export const FORMATS = ["json", "schedule.xml", "schedule.json", "ics", "xlsx", "csv"] as const;
export const ENDINGS = ".xml,.json,.ics,.xlsx,.csv,.tsv,.txt";

/** A fault of a file: at a line, in a cell, or at a JSON pointer. */
export interface Fault {
  line?: number;
  cell?: string;
  pointer?: string;
  code: string;
  message: Text;
}

/** Return the faults that a refusal of a file tells; none where it is about something else. */
export function faultsOf(facts: Readonly<Record<string, unknown>>): Fault[] {
  return Array.isArray(facts.problems) ? (facts.problems as Fault[]) : [];
}

/** Tell whether an import would change anything. */
export function changesAnything(outcome: Outcome): boolean {
  return PARTS.some((part) => outcome[part].created + outcome[part].changed + outcome[part].removed > 0);
}

/** Tell whether the file and we disagree: about fields, or about what there is at all. */
export function disagrees(outcome: Outcome): boolean {
  return outcome.both_changed.length > 0 || outcome.sessions.removed > 0;
}

/** Return the one import that can be taken back: the latest that stands. */
export function undoable(imports: readonly ImportRow[]): string | undefined {
  return imports.find((each) => each.undone_at === null)?.id;
}

/** Return a name for an address, made of the name of a file. */
export function slugOf(filename: string): string {
  const words = filename.replace(/\.[a-z]+$/i, "").toLowerCase();
  return words
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}

/** Return a value of a file as it is shown. */
export const shown = (value: unknown): string => inWords(value, "—");
