/** What goes on in each room by the clock: which session is on, which comes next, what is left of the day. */

import { dayOf, type Place, type Placement, placeOf, samePlace, type Schedule } from "../schedule/rules";

/** By how much a room is put off, in minutes. */
export const DELAYS = [5, 10, 15, 20, 30, 45, 60] as const;

export interface RoomDay {
  id: string;
  on: Placement | undefined;
  next: Placement | undefined;
  /** Everything of the day in order of time, what is over or called off included. */
  all: readonly Placement[];
}

/** Return the day to be shown: the one asked for, else that of `now`, else the first. */
export function dayShown(days: readonly string[], asked: string, now: string): string {
  return [asked, dayOf(now)].find((day) => days.includes(day)) ?? days[0] ?? "";
}

/** Return what goes on at `now` in each room that has anything on a day; what `stands` refuses is called off. */
export function roomsOf(
  schedule: Pick<Schedule, "rooms" | "placements">,
  day: string,
  now: Date,
  stands: (session: string) => boolean,
): RoomDay[] {
  const moment = now.getTime();
  return schedule.rooms
    .map(({ id }) => {
      const all = schedule.placements
        .filter((each) => each.room_id === id && dayOf(each.start_local) === day)
        .sort((a, b) => a.starts_at.localeCompare(b.starts_at));
      const standing = all.filter((each) => stands(each.session_id));
      const on = standing.find((each) => Date.parse(each.starts_at) <= moment && moment < Date.parse(each.ends_at));
      const next = standing.find((each) => Date.parse(each.starts_at) > moment);
      return { id, on, next, all };
    })
    .filter((room) => room.all.length > 0);
}

/** A session that was moved: from where, to where. */
export interface Moved {
  session: string;
  before: Place;
  after: Place;
}

/** Return what a change of many has moved, by what stood where before it. */
export function movedBy(before: readonly Placement[], after: readonly Placement[]): Moved[] {
  const stood = new Map(before.map((each) => [each.session_id, each]));
  return after.flatMap((each) => {
    const old = stood.get(each.session_id);
    return old ? [{ session: each.session_id, before: placeOf(old), after: placeOf(each) }] : [];
  });
}

interface Back {
  session_id: string;
  version: number;
  place: Place;
}

/** Return the moves that take others back; nothing where somebody has moved one of them since. */
export function movesBack(moved: readonly Moved[], now: readonly Placement[]): Back[] | undefined {
  const standing = new Map(now.map((each) => [each.session_id, each]));
  const back = moved.flatMap(({ session, before, after }) => {
    const at = standing.get(session);
    return at && samePlace(placeOf(at), after) ? [{ session_id: session, version: at.version, place: before }] : [];
  });
  return back.length === moved.length ? back : undefined;
}
