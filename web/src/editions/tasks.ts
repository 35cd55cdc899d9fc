/** What is still to be done for an edition, in the order in which it is usually done. */

import type { Schemas } from "../api/client";
import { type Edition, isPublic } from "./rules";

export interface Counts {
  rooms: number;
  sessions: number;
  unplaced: number;
  blocking: number;
  missing: number;
  releases: number;
}

export type Task =
  | "dates"
  | "organisations"
  | "opened"
  | "rooms"
  | "sessions"
  | "placed"
  | "unblocked"
  | "languages"
  | "published"
  | "released";

export interface Due {
  task: Task;
  /** The screen at which it is done, by the end of its address. */
  to: string;
  done: boolean;
  /** How many are left, where that can be counted. */
  left?: number;
}

/** The screens at which things of an edition stand, by the ends of their addresses. */
export const AT = { sessions: "programme", schedule: "schedule", releases: "releases" } as const;

export function tasksOf(edition: Edition, counts: Counts): Due[] {
  const programme: Due[] = [
    { task: "rooms", to: "rooms", done: counts.rooms > 0 },
    { task: "sessions", to: AT.sessions, done: counts.sessions > 0 },
    { task: "placed", to: AT.schedule, done: counts.sessions > 0 && counts.unplaced === 0, left: counts.unplaced },
    { task: "unblocked", to: AT.schedule, done: counts.blocking === 0, left: counts.blocking },
  ];
  return [
    { task: "dates", to: "settings", done: edition.starts_on !== null },
    { task: "organisations", to: "settings", done: edition.organisations.some((part) => part.role === "host") },
    { task: "opened", to: "lifecycle", done: edition.state !== "planned" },
    ...(edition.has_programme ? programme : []),
    { task: "languages", to: "#missing", done: counts.missing === 0, left: counts.missing },
    { task: "published", to: "lifecycle", done: isPublic(edition) },
    ...(edition.has_programme ? [{ task: "released" as const, to: AT.releases, done: counts.releases > 0 }] : []),
  ];
}

/** Return how many texts lack a language. */
export function missingOf({ zh, en }: Pick<Schemas["CompletenessOut"], "zh" | "en">): { zh: number; en: number } {
  return { zh: zh.of - zh.filled, en: en.of - en.filled };
}
