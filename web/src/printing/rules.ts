/** A programme as it is printed: in sheets of a room on a day, or of a day, each in order of time. */

import { clock, dayOf, minutesOf, type Placement, type Schedule } from "../schedule/rules";

export const WAYS = ["room", "day", "approval"] as const;
export type Way = (typeof WAYS)[number];

/** Return the way that an address names, by day where it names none. */
export function wayOf(by: string): Way {
  return WAYS.find((way) => way === by) ?? "day";
}

export interface Sheet {
  day: string;
  /** The room of the sheet; left out where it holds a whole day. */
  room?: string | null;
  placements: readonly Placement[];
}

/** Return the sheets of a programme: by room and day, or by day. Whom `held` refuses is left out. */
export function sheetsOf(schedule: Schedule, way: Way, held: (session: string) => boolean): Sheet[] {
  const sorted = schedule.placements
    .filter((each) => held(each.session_id))
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at) || a.ends_at.localeCompare(b.ends_at));
  const days = [...new Set(sorted.map((each) => dayOf(each.start_local)))].sort();
  const on = (day: string) => sorted.filter((each) => dayOf(each.start_local) === day);
  if (way !== "room") return days.map((day) => ({ day, placements: on(day) }));
  const rooms = [...schedule.rooms.map((room) => room.id), null];
  const sheets = rooms.flatMap((room) =>
    days.map((day) => ({ day, room, placements: on(day).filter((each) => each.room_id === room) })),
  );
  return sheets.filter((sheet) => sheet.placements.length > 0);
}

/** Return from when to when something is, such as `09:00–10:30`. */
export function spanOf(placement: Placement): string {
  const start = minutesOf(placement.start_local, dayOf(placement.start_local));
  return `${clock(start)}–${clock(start + placement.duration_minutes)}`;
}
