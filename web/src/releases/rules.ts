/** What can be said of a release without a screen. */

import type { Schemas } from "../api/client";
import type { Change, Next } from "./queries";

export const CHANGE_KINDS = ["added", "moved", "cancelled", "changed"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Return changes by kind, in the order in which they concern people; kinds without any are left out. */
export function byKind(changes: readonly Change[]): [ChangeKind, Change[]][] {
  const of = (kind: ChangeKind): [ChangeKind, Change[]] => [kind, changes.filter((each) => each.kind === kind)];
  return CHANGE_KINDS.map(of).filter(([, found]) => found.length > 0);
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

/** Why the next release cannot be made yet, gravest first. */
export type Obstacle = "nothing" | "blocked" | "unapproved";

export function obstacleOf(next: Next, me: string | undefined): Obstacle | undefined {
  if (sum(next.counts) === 0) return "nothing";
  if (next.blocking.length > 0) return "blocked";
  if (next.requires_approval && next.approvals.every((each) => each.approved_by === me)) return "unapproved";
  return undefined;
}

interface Session {
  status: string;
}

/** Count what stays out of a release: what has a place and is not confirmed, and what is confirmed and has none. */
export function leftOut(
  schedule: Pick<Schemas["ScheduleOut"], "placements" | "tray">,
  sessions: ReadonlyMap<string, Session>,
): { drafts: number; unplaced: number } {
  const stands = (id: string, status: string) => sessions.get(id)?.status === status;
  return {
    drafts: schedule.placements.filter((each) => stands(each.session_id, "draft")).length,
    unplaced: schedule.tray.filter((each) => stands(each.session_id, "confirmed")).length,
  };
}
