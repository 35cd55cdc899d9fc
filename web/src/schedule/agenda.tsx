/** The schedule on a phone: to read, day by day. */

import { useMemo } from "react";
import { clock, dayOf, minutesOf, type Schedule } from "./rules";

interface Props {
  schedule: Schedule;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
}

export function Agenda({ schedule, titles, rooms }: Props) {
  const byDay = useMemo(() => {
    const sorted = [...schedule.placements].sort((a, b) => a.starts_at.localeCompare(b.starts_at));
    return Object.entries(Object.groupBy(sorted, (each) => dayOf(each.start_local)));
  }, [schedule.placements]);
  return byDay.map(([day, placements = []]) => (
    <section key={day} className="agenda" aria-label={day}>
      <h2>{day}</h2>
      <ol>
        {placements.map((each) => (
          <li key={each.session_id}>
            <time>
              {clock(minutesOf(each.start_local, day))}–
              {clock(minutesOf(each.start_local, day) + each.duration_minutes)}
            </time>
            <span>{titles(each.session_id)}</span>
            <small>{rooms(each.room_id)}</small>
          </li>
        ))}
      </ol>
    </section>
  ));
}
