/** While something is carried: when its people are not there, and when rooms are closed, hatched on the board. */

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { type Carrying, useCarriedSessions } from "./carrying";
import { closedStretches, type Stretch } from "./closed";
import type { Field } from "./field";

/** So long, in milliseconds, windows are believed. */
const FRESH = 5 * 60_000;

interface Props {
  edition: string;
  field: Field;
  carrying: Carrying;
  peopleOf: (session: string) => readonly string[];
}

export function Shades({ edition, field, carrying, peopleOf }: Props) {
  const { say } = useSpeech();
  const carried = useCarriedSessions(carrying);
  const people = useMemo(() => [...new Set(carried.split(",").flatMap((id) => peopleOf(id)))], [carried, peopleOf]);
  const away = useQueries({
    queries: people.map((person_id) => ({
      queryKey: ["windows", "person", edition, person_id],
      staleTime: FRESH,
      queryFn: () => {
        const path = { ref: edition, person_id };
        return told(api.GET("/api/events/editions/{ref}/people/{person_id}/windows", { params: { path } }));
      },
    })),
  });
  const rooms = useQueries({
    queries: field.rooms.map(({ id }) => ({
      queryKey: ["windows", "room", id],
      staleTime: FRESH,
      enabled: carried !== "" && id !== null,
      queryFn: () => told(api.GET("/api/events/rooms/{room_id}/windows", { params: { path: { room_id: id ?? "" } } })),
    })),
  });
  if (!carried) return null;
  const { day, from, until, scale } = field;
  const shade = (kind: string, key: string, [start, end]: Stretch, column: number, columns: number) => (
    <div
      key={`${key}-${start}`}
      className="shade"
      data-shade={kind}
      style={{
        left: `${(column / columns) * 100}%`,
        width: `${100 / columns}%`,
        top: (start - from) * scale,
        height: (end - start) * scale,
      }}
    />
  );
  const absent = away.flatMap(({ data }, index) =>
    closedStretches(data ?? [], day, from, until).map((each) => shade("away", String(index), each, 0, 1)),
  );
  const closed = rooms.flatMap(({ data }, column) => {
    const stretches = closedStretches(data ?? [], day, from, until);
    return stretches.map((each) => shade("closed", `room-${column}`, each, column, field.rooms.length));
  });
  return (
    <div aria-hidden>
      {closed}
      {absent}
      {(absent.length > 0 || closed.length > 0) && (
        <p className="legend">
          {absent.length > 0 && <span data-shade="away">{say("schedule.away")}</span>}
          {closed.length > 0 && <span data-shade="closed">{say("schedule.closed")}</span>}
        </p>
      )}
    </div>
  );
}
