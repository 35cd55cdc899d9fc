/**
 * The board as numbers: minutes of a day down, rooms across. Nothing here knows of the screen.
 *
 * Minutes count from midnight of the edition's day at its place; what goes on after midnight stands below 24:00.
 */

import type { Schemas } from "../api/client";

export type Placement = Schemas["PlacementOut"];
export type Place = Schemas["PlaceIn"];
export type Schedule = Schemas["ScheduleOut"];
export type Conflict = Schemas["ConflictOut"];
export type Lock = Schemas["LockOut"];

export const DAY = 24 * 60;

/** The steps in minutes that a move may snap to. */
export const STEPS = [5, 10, 15, 30] as const;

/** Return the day of a wall time. */
export function dayOf(local: string): string {
  return local.slice(0, 10);
}

/** Return the minutes from midnight of `day` to a wall time, negative before it. */
export function minutesOf(local: string, day: string): number {
  return (Date.parse(`${local.slice(0, 16)}Z`) - Date.parse(`${day}T00:00Z`)) / 60_000;
}

/** Return the wall time so many minutes after midnight of `day`. */
export function localOf(day: string, minutes: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + minutes * 60_000).toISOString().slice(0, 19);
}

/** Return minutes as `09:05`, over midnight as `00:30`. */
export function clock(minutes: number): string {
  const of = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}

/** Return the minutes of a time of day such as `08:30:00`. */
export function minutesOfClock(time: string | null, otherwise: number): number {
  const [hours, minutes] = (time ?? "").split(":");
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : otherwise;
}

export function snapped(minutes: number, step: number): number {
  return Math.round(minutes / step) * step;
}

/** From when to when a board goes: the edition's hours, and as much more as something of the day needs. */
export function spanOf(placements: readonly Placement[], day: string, from: number, until: number): [number, number] {
  const starts = placements.map((each) => minutesOf(each.start_local, day));
  const ends = placements.map((each) => minutesOf(each.start_local, day) + each.duration_minutes);
  return [Math.floor(Math.min(from, ...starts) / 60) * 60, Math.ceil(Math.max(until, ...ends) / 60) * 60];
}

export interface Lane {
  lane: number;
  lanes: number;
}

/**
 * Lay sessions of one room side by side where they overlap: which lane each stands in, of how many.
 *
 * Those that overlap, directly or through others, share the same number of lanes.
 */
export function lanesOf(placements: readonly Placement[]): Map<string, Lane> {
  const found = new Map<string, Lane>();
  const sorted = [...placements].sort(
    (a, b) => a.start_local.localeCompare(b.start_local) || b.duration_minutes - a.duration_minutes,
  );
  let group: string[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const id of group) found.set(id, { lane: found.get(id)?.lane ?? 0, lanes: ends.length });
    group = [];
    ends = [];
  };
  for (const each of sorted) {
    const start = Date.parse(`${each.start_local.slice(0, 16)}Z`);
    if (ends.every((end) => end <= start)) close();
    const free = ends.findIndex((end) => end <= start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = start + each.duration_minutes * 60_000;
    found.set(each.session_id, { lane, lanes: 1 });
    group.push(each.session_id);
  }
  close();
  return found;
}

export function placeOf(placement: Placement): Place {
  return {
    room_id: placement.room_id,
    start_local: placement.start_local,
    duration_minutes: placement.duration_minutes,
  };
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.room_id === b.room_id &&
    a.start_local.slice(0, 16) === b.start_local.slice(0, 16) &&
    a.duration_minutes === b.duration_minutes
  );
}

/** Return the gravest level among conflicts. */
export function gravest(conflicts: readonly Conflict[]): Conflict["level"] | undefined {
  const order: Conflict["level"][] = ["block", "warn", "note"];
  return order.find((level) => conflicts.some((each) => each.level === level));
}

/** Return the lock that holds a room on a day, if there is one: of the room, of the day, or of both. */
export function lockOn(locks: readonly Lock[], room: string | null, day: string): Lock | undefined {
  return locks.find((each) => (each.room_id ?? room) === room && (each.day ?? day) === day);
}
