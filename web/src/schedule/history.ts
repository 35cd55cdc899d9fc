/** What was done here and may be taken back: each deed is one move, or several that are made together. */

import { minutesOf, dayOf, localOf, type Place, samePlace } from "./rules";

/** Where a session stood before a move and where after; `null` is the tray. */
export interface Step {
  session: string;
  before: Place | null;
  after: Place | null;
}

/** Moves that are all made, or none. */
export type Deed = readonly Step[];

/** Deeds that may be taken back, and those taken back that may be made again; a new deed forgets the latter. */
export interface History {
  done: readonly Deed[];
  undone: readonly Deed[];
}

/** How a deed that was made enters the history. */
export type Entering = (history: History, deed: Deed) => History;

export const NOTHING: History = { done: [], undone: [] };

/** Return what takes a deed back. */
export function inverse(deed: Deed): Deed {
  return deed.map(({ session, before, after }) => ({ session, before: after, after: before }));
}

export const remember: Entering = (history, deed) => ({ done: [...history.done.slice(-199), deed], undone: [] });

/** Enter what took the last deed back. */
export const takenBack: Entering = ({ done, undone }, deed) => ({
  done: done.slice(0, -1),
  undone: [...undone, inverse(deed)],
});

/** Enter that the deed taken back last was made again. */
export const madeAgain: Entering = ({ done, undone }, deed) => ({ done: [...done, deed], undone: undone.slice(0, -1) });

/** Return the steps of a deed whose sessions no longer stand where it takes them from. */
export function staleSteps(deed: Deed, standing: (session: string) => Place | null): Deed {
  return deed.filter((step) => !samePlace(step.before, standing(step.session)));
}

/** Return a deed that takes its sessions from where they stand, so that undoing it brings them back to there. */
export function rebased(deed: Deed, standing: (session: string) => Place | null): Deed {
  return deed.map((step) => ({ ...step, before: standing(step.session) }));
}

/** Return the deed by which two sessions change places; each keeps its length. */
export function swapped([one, at]: [string, Place], [other, there]: [string, Place]): Deed {
  return [
    { session: one, before: at, after: { ...there, duration_minutes: at.duration_minutes ?? null } },
    { session: other, before: there, after: { ...at, duration_minutes: there.duration_minutes ?? null } },
  ];
}

/** Return where a place comes to lie when it goes as far as another: so many columns across, so many minutes down. */
export function shifted(place: Place, from: Place, to: Place, rooms: readonly (string | null)[]): Place {
  const column = (each: Place) => rooms.indexOf(each.room_id ?? null);
  const day = dayOf(place.start_local);
  const later = minutesOf(to.start_local, day) - minutesOf(from.start_local, day);
  return {
    ...place,
    room_id: rooms[column(place) + column(to) - column(from)] ?? null,
    start_local: localOf(day, minutesOf(place.start_local, day) + later),
  };
}
