/** The field of one day: which hours and rooms the board shows, how large, and what stands on it. */

import { useMemo } from "react";
import { useSpeech } from "../frame/language";
import { dayOf, type Lock, type Placement, type Schedule, spanOf } from "./rules";

export interface Field {
  day: string;
  /** The first and the last minute that is shown. */
  from: number;
  until: number;
  rooms: readonly { id: string | null; name: string; seats: number | null }[];
  /** Rooms that are put aside, to leave space to the others. */
  aside: readonly { id: string; name: string }[];
  step: number;
  /** Pixels of a minute. */
  scale: number;
  shown: readonly Placement[];
  locks: readonly Lock[];
}

/** How the board is looked at. */
export interface View {
  step: number;
  scale: number;
  aside: ReadonlySet<string>;
}

/** The sizes, in pixels of a minute. */
export const SCALES = [1, 1.6, 2.4, 3.6] as const;

/** Return the field of a day; sessions without a room have a column of their own, where there are any. */
export function useField(schedule: Schedule, day: string, hours: readonly [number, number], view: View): Field {
  const { say, of } = useSpeech();
  const { placements, rooms, locks } = schedule;
  const { step, scale, aside } = view;
  return useMemo(() => {
    const today = placements.filter((each) => dayOf(each.start_local) === day);
    const shown = today
      .filter((each) => !aside.has(each.room_id ?? ""))
      .sort((a, b) => a.start_local.localeCompare(b.start_local));
    const [from, until] = spanOf(shown, day, ...hours);
    const named = rooms.map((room) => ({ id: room.id, name: of(room.name), seats: room.seats }));
    const columns: Field["rooms"] = named.filter((room) => !aside.has(room.id));
    const none = { id: null, name: say("schedule.no_room"), seats: null };
    const roomless = shown.some((each) => each.room_id === null);
    return {
      day,
      from,
      until,
      step,
      scale,
      shown,
      locks,
      rooms: roomless || columns.length === 0 ? [...columns, none] : columns,
      aside: named.filter((room) => aside.has(room.id)),
    };
  }, [placements, rooms, locks, day, hours, step, scale, aside, of, say]);
}
