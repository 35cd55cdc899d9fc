/** What a screen reader is told while something is carried, and after it was dropped. */

import { useSpeech } from "../frame/language";
import { type Carrying, useCarried } from "./carrying";
import type { Sentence } from "./editing";
import { clock, minutesOf } from "./rules";

interface Props {
  carrying: Carrying;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
  day: string;
  said: Sentence | undefined;
}

export function Lines({ carrying, titles, rooms, day, said }: Props) {
  const { say, of } = useSpeech();
  const carried = useCarried(carrying);
  let line = said ? say(said.key, said.values) : "";
  if (carried?.to) {
    const start = minutesOf(carried.to.start_local, day);
    const until = clock(start + (carried.to.duration_minutes ?? 0));
    const first = carried.made?.[0];
    line = [
      say("schedule.lifted", { title: titles(carried.session) }),
      carried.company.length > 0 ? say("schedule.selected_count", { n: carried.company.length + 1 }) : "",
      say("schedule.hovering", { room: rooms(carried.to.room_id), from: clock(start), until }),
      first ? say("schedule.would_make", { n: carried.made?.length ?? 0, first: of(first.message) }) : "",
    ]
      .filter(Boolean)
      .join(" ");
  }
  return (
    <p role="status" aria-live="polite" className="said">
      {line}
    </p>
  );
}
