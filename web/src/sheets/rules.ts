/** Where in a workbook something is wrong, and what is kept of it as a file. */

import type { Schemas } from "../api/client";

export type Outcome = Schemas["SheetImportOut"];
export type SheetProblem = Schemas["SheetProblemOut"];

export interface Place {
  /** The sheet behind the first; of the first, nothing. */
  sheet: string;
  column: string;
  row: string;
}

/** Return where a cell such as `D7` or `Members!C5` is. */
export function placeOf(cell: string): Place {
  const cut = cell.lastIndexOf("!");
  const [, column = "", row = ""] = /^([A-Z]*)(\d*)$/.exec(cell.slice(cut + 1)) ?? [];
  return { sheet: cut < 0 ? "" : cell.slice(0, cut), column, row };
}
