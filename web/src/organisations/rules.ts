/** What can be reckoned of organisations without a screen: who may do what to one, and how keys travel in the tree. */

import type { Schemas } from "../api/client";

export type Organisation = Schemas["OrganisationOut"];
export type Kind = Organisation["kind"];
export type Status = Organisation["status"];

export const KINDS = [
  "headquarters",
  "department",
  "affiliated_unit",
  "society",
  "consortium",
  "provincial",
  "corps",
  "subprovincial_city",
  "city",
  "county",
  "park",
  "enterprise",
  "university",
  "committee",
  "branch",
  "government",
  "hkmt",
  "foreign",
  "other",
] as const satisfies readonly Kind[];

export const STATUSES = ["active", "merged", "split", "closed"] as const satisfies readonly Status[];

interface Held {
  role: string;
  organisation_id: string;
  scope: string | null;
}

function administers(grants: readonly Held[], path: readonly string[]): boolean {
  return grants.some((grant) => grant.role === "administrator" && !grant.scope && path.includes(grant.organisation_id));
}

/** Tell whether grants let one correct the organisation at the end of `path` (ids from the root down) and open others below it. */
export function mayTend(grants: readonly Held[], path: readonly string[]): boolean {
  return administers(grants, path);
}

/** Tell whether grants let one move or end it, which is for those above. The root stays. */
export function mayPlace(grants: readonly Held[], path: readonly string[]): boolean {
  return path.length > 1 && administers(grants, path.slice(0, -1));
}

/** A line of the tree as it is shown, from top to bottom. */
export interface Line {
  id: string;
  parent: string | null;
  /** Whether something is below it, and whether that is shown. */
  opens: boolean;
  open: boolean;
}

export type Step = { to: string } | { open: string } | { close: string } | undefined;

/** Return what a key does in the tree while the focus is on `at`: as ARIA's tree pattern has it. */
export function step(lines: readonly Line[], at: string, key: string): Step {
  const index = lines.findIndex((line) => line.id === at);
  const line = lines[index];
  if (!line) return undefined;
  const to = (target: Line | undefined): Step => target && { to: target.id };
  switch (key) {
    case "ArrowDown":
      return to(lines[index + 1]);
    case "ArrowUp":
      return to(lines[index - 1]);
    case "Home":
      return to(lines[0]);
    case "End":
      return to(lines.at(-1));
    case "ArrowRight":
      if (!line.opens) return undefined;
      if (!line.open) return { open: at };
      return to(lines[index + 1]?.parent === at ? lines[index + 1] : undefined);
    case "ArrowLeft":
      if (line.opens && line.open) return { close: at };
      return line.parent !== null && lines.some((each) => each.id === line.parent) ? { to: line.parent } : undefined;
    default:
      return undefined;
  }
}
