/** How far nominations come, and what may be done with one. */

import type { Schemas } from "../api/client";

export const STATES: readonly Schemas["NominationState"][] = [
  "draft",
  "submitted",
  "returned",
  "passed",
  "rejected",
  "withdrawn",
];

export const ROLES: readonly Schemas["RoleKind"][] = ["candidate", "guardian", "co_nominator", "employer", "unit"];
export const OUTCOMES: readonly Schemas["NoticeOutcome"][] = ["running", "no_objection", "settled", "upheld"];

/** Tell whether whoever has a part in a nomination writes in it now. */
export function mayWrite(part: string, state: string): boolean {
  const open = ["draft", "returned", "withdrawn"].includes(state);
  return part === "unit" ? open || state === "submitted" : part === "candidate" && open;
}

/** Return where something stands against handing in, by what of a screen shows it: the nearest that is there. */
export function placesOf(pointer: string): string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((_, index) => `/${steps.slice(0, steps.length - index).join("/")}`);
}

/** Where what a nomination is returned for is mended, by the usual reasons; elsewhere only the words tell. */
const PLACES: Readonly<Record<string, string>> = {
  form: "/content",
  identity: "/content",
  paper_missing: "/attachments",
  paper_wrong: "/attachments",
  classified: "/attachments",
  seal: "/seal",
  notice: "/notice",
};

export function placeOfReason(key: string): string | undefined {
  return PLACES[key];
}
