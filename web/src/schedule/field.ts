/** The field of one day: which hours and rooms the board shows, and what stands on it. */

import { useMemo } from "react";
import { useSpeech } from "../frame/language";
import { dayOf, type Placement, type Schedule, spanOf } from "./rules";

export interface Field {
  day: string;
  /** The first and the last minute that is shown. */
  from: number;
  until: number;
  rooms: readonly { id: string | null; name: string; seats: number | null }[];
  step: number;
  shown: readonly Placement[];
}

const NOTHING: Pick<Schedule, "placements" | "rooms"> = { placements: [], rooms: [] };

/** Return the field of a day; sessions without a room have a column of their own, where there are any. */
export function useField(schedule: Schedule | undefined, day: string, hours: readonly [number, number], step: number): Field {
  const { say, of } = useSpeech();
  const { placements, rooms } = schedule ?? NOTHING;
  return useMemo(() => {
    const shown = placements
      .filter((each) => dayOf(each.start_local) === day)
      .sort((a, b) => a.starts_at.localeCompare(b.starts_at));
    const [from, until] = spanOf(shown, day, ...hours);
    const columns: Field["rooms"] = rooms.map((room) => ({ id: room.id, name: of(room.name), seats: room.seats }));
    const none = { id: null, name: say("schedule.no_room"), seats: null };
    const roomless = shown.some((each) => each.room_id === null);
    return { day, from, until, step, shown, rooms: roomless ? [...columns, none] : columns };
  }, [placements, rooms, day, hours, step, of, say]);
}
