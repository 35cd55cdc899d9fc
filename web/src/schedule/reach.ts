/** How far what is carried can go: over the board, with all that goes with it. */

import type { Carried } from "./carrying";
import type { Field } from "./field";
import { localOf, minutesOf, type Place } from "./rules";

export const SHORTEST = 5;
/** The length of a session that has none of its own yet, in minutes. */
export const USUAL = 30;

/** How far left and right, how much earlier and later than the session in hand its company lies. */
export interface Limits {
  left: number;
  right: number;
  earlier: number;
  later: number;
}

const ALONE: Limits = { left: 0, right: 0, earlier: 0, later: 0 };

export function limitsOf({ from, company }: Carried, field: Field): Limits {
  if (!from || company.length === 0) return ALONE;
  const column = (place: Place) => field.rooms.findIndex((room) => room.id === (place.room_id ?? null));
  const across = company.map((each) => column(each.from) - column(from));
  const minute = (place: Place) => minutesOf(place.start_local, field.day);
  const down = company.map((each) => minute(each.from) - minute(from));
  return {
    left: -Math.min(0, ...across),
    right: Math.max(0, ...across),
    earlier: -Math.min(0, ...down),
    later: Math.max(0, ...down),
  };
}

/** Return the place in a column of the board at a minute, or the nearest to it that all can reach. */
export function placeAt(field: Field, column: number, minute: number, length: number, limits: Limits = ALONE): Place {
  const { left, right, earlier, later } = limits;
  const room = field.rooms[between(left, field.rooms.length - 1 - right, column)];
  const start = between(field.from + earlier, field.until - SHORTEST - later, minute);
  return { room_id: room?.id ?? null, start_local: localOf(field.day, start), duration_minutes: length };
}

function between(low: number, high: number, value: number): number {
  return Math.max(low, Math.min(high, value));
}
