/** Rooms across, time down: the blocks of one day, and the ghost of what is carried. */

import { memo, type RefObject, useEffect, useMemo } from "react";
import { useSpeech } from "../frame/language";
import { type Carrying, useCarried } from "./carrying";
import type { Field } from "./field";
import type { Hands } from "./hands";
import {
  clock,
  type Conflict,
  gravest,
  type Lane,
  lanesOf,
  minutesOf,
  type Placement,
  placeOf,
} from "./rules";

/** Pixels of a minute. */
const MINUTE = 1.6;

interface Props {
  field: Field;
  layer: RefObject<HTMLDivElement | null>;
  hands: Hands;
  titles: (session: string) => string;
  levels: ReadonlyMap<string, Conflict["level"]>;
  carrying: Carrying;
  focused: string | undefined;
}

export function Board({ field, layer, hands, titles, levels, carrying, focused }: Props) {
  const { say } = useSpeech();
  const lanes = useMemo(() => {
    const found = new Map<string, Lane>();
    for (const room of field.rooms) {
      for (const [id, lane] of lanesOf(field.shown.filter((each) => each.room_id === room.id))) found.set(id, lane);
    }
    return found;
  }, [field]);
  useEffect(() => {
    if (focused) layer.current?.querySelector<HTMLElement>(`[data-session="${focused}"]`)?.focus();
  }, [focused, layer]);
  const height = (field.until - field.from) * MINUTE;
  const marks = Array.from({ length: (field.until - field.from) / 60 + 1 }, (_, n) => field.from + n * 60);
  return (
    <section className="board" aria-label={say("schedule.board", { day: field.day })} tabIndex={0}>
      <div className="field" style={{ "--rooms": field.rooms.length } as React.CSSProperties}>
        <div className="rooms">
          <span />
          {field.rooms.map((room) => (
            <div key={room.id} className="room" title={room.name}>
              <b>{room.name}</b>
              {room.seats !== null && <small>{room.seats}</small>}
            </div>
          ))}
        </div>
        <div className="day" style={{ height, "--hour": `${60 * MINUTE}px` } as React.CSSProperties}>
          <div className="times" aria-hidden>
            {marks.map((mark) => (
              <span key={mark} style={{ top: (mark - field.from) * MINUTE }}>
                {clock(mark)}
              </span>
            ))}
          </div>
          <div className="layer" ref={layer}>
            {field.shown.map((placement) => (
              <Block
                key={placement.session_id}
                placement={placement}
                field={field}
                lane={lanes.get(placement.session_id)}
                title={titles(placement.session_id)}
                level={levels.get(placement.session_id)}
                hands={hands}
              />
            ))}
            <Ghost carrying={carrying} field={field} titles={titles} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Return how many lines of text a block of so many minutes has room for. */
function linesIn(minutes: number): number {
  return Math.max(1, Math.floor((minutes * MINUTE - 8) / 16));
}

interface Spot {
  room_id: string | null;
  start_local: string;
  duration_minutes?: number | null;
}

function spotOf(place: Spot, field: Field, lane: Lane = { lane: 0, lanes: 1 }): React.CSSProperties {
  const column = field.rooms.findIndex((room) => room.id === place.room_id);
  const width = 100 / field.rooms.length;
  return {
    left: `${(column + lane.lane / lane.lanes) * width}%`,
    width: `calc(${width / lane.lanes}% - 3px)`,
    top: (minutesOf(place.start_local, field.day) - field.from) * MINUTE,
    height: Math.max((place.duration_minutes ?? 30) * MINUTE - 2, 14),
  };
}

interface BlockProps {
  placement: Placement;
  field: Field;
  lane: Lane | undefined;
  title: string;
  level: Conflict["level"] | undefined;
  hands: Hands;
}

const Block = memo(function Block({ placement, field, lane, title, level, hands }: BlockProps) {
  const { say } = useSpeech();
  const start = minutesOf(placement.start_local, field.day);
  const room = field.rooms.find((each) => each.id === placement.room_id)?.name ?? "";
  const from = clock(start);
  const until = clock(start + placement.duration_minutes);
  const lines = linesIn(placement.duration_minutes);
  const marks = [level && say(`level.${level}`), placement.locked && say("schedule.locked")].filter(Boolean);
  return (
    <button
      type="button"
      className="block"
      data-session={placement.session_id}
      data-level={level}
      data-locked={placement.locked || undefined}
      title={[say("schedule.block", { title, room, from, until }), ...marks].join(" · ")}
      style={spotOf(placement, field, lane)}
      {...hands(placement.session_id, placeOf(placement), !placement.locked)}
    >
      <span className="what" style={{ WebkitLineClamp: Math.max(lines - 1, 1) }}>
        {title}
      </span>
      <span className="unseen">{room}</span>
      <span className={lines > 1 ? "when" : "unseen"}>
        {from}–{until} {marks.join(" ")}
      </span>
      {!placement.locked && <span className="grip" data-grip />}
    </button>
  );
});

function Ghost({ carrying, field, titles }: { carrying: Carrying; field: Field; titles: Props["titles"] }) {
  const carried = useCarried(carrying);
  if (!carried?.to) return null;
  const to = { ...carried.to, room_id: carried.to.room_id ?? null };
  const start = minutesOf(to.start_local, field.day);
  return (
    <div className="ghost" aria-hidden data-level={carried.made && gravest(carried.made)} style={spotOf(to, field)}>
      <span className="what">{titles(carried.session)}</span>
      <span className="when">
        {clock(start)}–{clock(start + (to.duration_minutes ?? 30))}
      </span>
      <WhyNot made={carried.made} />
    </div>
  );
}

function WhyNot({ made }: { made: readonly Conflict[] | undefined }) {
  const { say, of } = useSpeech();
  const first = made?.[0];
  if (!first) return null;
  return <span className="why">{say("schedule.would_make", { n: made.length, first: of(first.message) })}</span>;
}
