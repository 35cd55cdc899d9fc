/** How it stands with a colleague who stands in. */

import type { Schemas } from "../api/client";

export type Deputy = Schemas["DeputyOut"];
export type DeputyState = "ahead" | "now" | "over" | "ended";

export function stateOf({ from_on, until_on, ended_at }: Deputy, today: string): DeputyState {
  if (ended_at !== null) return "ended";
  if (today < from_on) return "ahead";
  return today > until_on ? "over" : "now";
}
