/** How slots move, who may move them so, and what a form over a move is sent as. */

import type { Schemas } from "../api/client";
import { numberOf } from "../parts/numbers";

export type Move = Schemas["Move"];
export type Deed = Schemas["QuotaMoveIn"]["move"];

export const MOVES: readonly Move[] = [
  "allocate",
  "pass_on",
  "reserve",
  "release",
  "return",
  "transfer",
  "inherit",
  "code",
  "take",
  "give_back",
];
const OF_UNITS: readonly Deed[] = ["pass_on", "reserve", "release", "return", "transfer"];

/** Return what may be done with slots by hand: only the award office gives out its own. */
export function deedsOf(office: boolean): readonly Deed[] {
  return office ? ["allocate", ...OF_UNITS] : OF_UNITS;
}

/** Which units a move names: where slots come from, and where they go; `none` is not asked for. */
export function unitsOf(move: Deed): { from: boolean; to: "several" | "one" | "perhaps" | "none" } {
  if (move === "allocate") return { from: false, to: "several" };
  if (move === "pass_on") return { from: true, to: "several" };
  if (move === "transfer") return { from: true, to: "one" };
  return { from: true, to: move === "return" ? "perhaps" : "none" };
}

export interface MoveFields {
  move: Deed;
  category: string;
  group: string;
  from: string | null;
  to: string | null;
  several: string[];
  amount: string;
  reason: string;
}

/** Return the moves that were entered, one for each unit that is given slots. */
export function movesOf(fields: MoveFields): Schemas["QuotaMoveIn"][] {
  const { move, category, group, from, to, several, amount, reason } = fields;
  const units = unitsOf(move);
  const one = {
    move,
    category,
    group,
    amount: numberOf(amount),
    reason,
    from_unit_id: units.from ? (from ?? null) : null,
  };
  if (units.to === "several") return several.map((to_unit_id) => ({ ...one, to_unit_id }));
  return [{ ...one, to_unit_id: units.to === "none" ? null : (to ?? null) }];
}

/** Return what became of a code. */
export function stateOf(code: Pick<Schemas["CodeOut"], "used_at" | "withdrawn_at">): "free" | "used" | "withdrawn" {
  if (code.withdrawn_at) return "withdrawn";
  return code.used_at ? "used" : "free";
}
