/** What can be reckoned of accounts and grants without a screen. */

import type { Role } from "../frame/rights";

export const ROLES = [
  "administrator",
  "organizer",
  "scheduler",
  "award_officer",
  "supervisor",
  "nominator",
  "reviewer",
  "committee_member",
  "talent_officer",
  "exchange_officer",
  "planner",
  "mail_editor",
  "member",
] as const satisfies readonly Role[];

export const STATUSES = ["active", "disabled"] as const;

/** How something that counts from a day to another stands today: both days count, the last may be open. */
export type Standing = "ended" | "over" | "ahead" | "in_force";

export function standingOf(from_on: string, until_on: string | null, ended_at: string | null, today: string): Standing {
  if (ended_at) return "ended";
  if (from_on > today) return "ahead";
  return until_on !== null && until_on < today ? "over" : "in_force";
}

/** Return the edition that a grant is limited to, if it is. */
export function editionOf(scope: string | null): string | undefined {
  return scope?.startsWith("edition:") ? scope.slice("edition:".length) : undefined;
}
