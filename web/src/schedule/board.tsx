/** Rooms across, time down: the blocks of one day, and the ghost of what is carried. */

import { memo, type RefObject, useEffect, useMemo, useRef } from "react";
import { useSpeech } from "../frame/language";
import { Block } from "./block";
import type { Carrying } from "./carrying";
import type { Field } from "./field";
import { Ghost } from "./ghost";
import { Head } from "./head";
import type { Schemas } from "../api/client";
import type { There } from "../presence/names";
import { clock, type Conflict, type Lane, lanesOf, lockOn } from "./rules";
import { Shades } from "./shades";

interface Props {
  edition: string;
  field: Field;
  layer: RefObject<HTMLDivElement | null>;
  titles: (session: string) => string;
  levels: ReadonlyMap<string, Conflict["level"]>;
  peopleOf: (session: string) => readonly string[];
  carrying: Carrying;
  /** What is to be focused; the same session again is focused again. */
  focused: { session: string } | undefined;
  selected: ReadonlySet<string>;
  /** What stands out, where anything does. */
  marked: ReadonlySet<string> | undefined;
  /** Who else is at which session. */
  others: ReadonlyMap<string, There>;
  onLock: (lock: Schemas["LockIn"]) => void;
  onUnlock: (lock: string) => void;
  onAside: (room: string) => void;
}

export const Board = memo(function Board(props: Props) {
  const { field, layer, titles, levels, carrying, focused, selected, marked, others } = props;
  const { say } = useSpeech();
  const lanes = useMemo(() => {
    const found = new Map<string, Lane>();
    for (const together of Map.groupBy(field.shown, (each) => each.room_id).values()) {
      for (const [id, lane] of lanesOf(together)) found.set(id, lane);
    }
    return found;
  }, [field.shown]);
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    wanted.current = focused?.session;
  }, [focused]);
  useEffect(() => {
    if (!wanted.current) return;
    const desk = layer.current?.closest(".desk"); // it may stand in the tray
    const block = desk?.querySelector<HTMLElement>(`[data-session="${wanted.current}"]`);
    if (!block) return; // its day is shown a moment later
    block.focus();
    wanted.current = undefined;
  });
  const { scale } = field;
  const height = (field.until - field.from) * scale;
  const marks = Array.from({ length: (field.until - field.from) / 60 + 1 }, (_, n) => field.from + n * 60);
  return (
    <section className="board" aria-label={say("schedule.board", { day: field.day })} tabIndex={0}>
      <div className="field" style={{ "--rooms": field.rooms.length } as React.CSSProperties}>
        <div className="rooms">
          <span />
          {field.rooms.map((room) => (
            <Head
              key={room.id}
              room={room}
              field={field}
              onLock={props.onLock}
              onUnlock={props.onUnlock}
              onAside={props.onAside}
            />
          ))}
        </div>
        <div className="day" style={{ height, "--hour": `${60 * scale}px` } as React.CSSProperties}>
          <div className="times" aria-hidden>
            {marks.map((mark) => (
              <span key={mark} style={{ top: (mark - field.from) * scale }}>
                {clock(mark)}
              </span>
            ))}
          </div>
          <div className="layer" ref={layer}>
            <Shades edition={props.edition} field={field} carrying={carrying} peopleOf={props.peopleOf} />
            {field.shown.map((placement) => {
              const id = placement.session_id;
              return (
                <Block
                  key={id}
                  placement={placement}
                  column={field.rooms.findIndex((room) => room.id === placement.room_id)}
                  columns={field.rooms.length}
                  room={field.rooms.find((room) => room.id === placement.room_id)?.name ?? ""}
                  day={field.day}
                  from={field.from}
                  scale={scale}
                  lane={lanes.get(id)?.lane ?? 0}
                  lanes={lanes.get(id)?.lanes ?? 1}
                  title={titles(id)}
                  level={levels.get(id)}
                  locked={placement.locked || lockOn(field.locks, placement.room_id, field.day) !== undefined}
                  selected={selected.has(id)}
                  others={others.get(id)?.names}
                  initials={others.get(id)?.initials}
                  mark={marked && (marked.has(id) ? "out" : "back")}
                />
              );
            })}
            <Ghost carrying={carrying} field={field} titles={titles} />
          </div>
        </div>
      </div>
    </section>
  );
});
