/**
 * How sessions are taken in hand: by mouse or finger, and by the keys. Both carry the same thing to the same places.
 *
 * One listener above board and tray hears for all sessions, so that none of them is drawn anew when a hand changes.
 */

import { type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import type { Carried, Carrying } from "./carrying";
import { type Drag, drag } from "./dragging";
import type { Field } from "./field";
import { limitsOf, placeAt, SHORTEST, USUAL } from "./reach";
import { boardOf } from "./spot";
import { localOf, minutesOf, type Place } from "./rules";

export interface Deeds {
  onDrop: () => void;
  onTakeOff: (session: string) => void;
  onSelect: (session: string) => void;
  onClear: () => void;
  onLock: (session: string) => void;
  /** Say that a session is locked where it stands. */
  onHeld: (session: string) => void;
  /** Show another day. */
  onDay: (day: string) => void;
}

/** What the hands need to know of the board as it is now. */
export interface Board extends Deeds {
  field: Field;
  days: readonly string[];
  placed: (session: string) => Place | null;
  held: (session: string) => boolean;
  length: (session: string) => number;
  selected: ReadonlySet<string>;
}

export interface Handlers {
  onPointerDown: (event: React.PointerEvent<HTMLElement>) => void;
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
  onBlur: (event: React.FocusEvent<HTMLElement>) => void;
}

/** Return the session of which something is part. */
export function sessionAt(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-session]")?.dataset.session : undefined;
}

export function useHands(carrying: Carrying, layer: RefObject<HTMLDivElement | null>, board: Board): Handlers {
  const now = useRef(board);
  useLayoutEffect(() => {
    now.current = board;
  });
  return useMemo<Handlers>(
    () => ({
      onPointerDown: (event) => {
        const session = sessionAt(event.target);
        if (!session || event.button !== 0 || carrying.get() || !layer.current) return;
        if (event.ctrlKey || event.metaKey) now.current.onSelect(session);
        else drag(event, dragOf(session, carrying, layer.current, now));
      },
      onKeyDown: (event) => {
        const session = sessionAt(event.target) ?? carrying.get()?.session;
        if (!session || !press(event, session, carrying, now.current)) return;
        event.preventDefault();
        if (event.key in TURNS) boardOf(layer.current)?.focus(); // the block itself stays behind on its day
      },
      onBlur: (event) => {
        const board = boardOf(layer.current);
        const leaving = event.target === board || sessionAt(event.target) === carrying.get()?.session;
        if (carrying.get()?.by === "keyboard" && leaving && event.relatedTarget !== board) carrying.drop();
      },
    }),
    [carrying, layer],
  );
}

function dragOf(session: string, carrying: Carrying, layer: HTMLElement, now: RefObject<Board>): Drag {
  const { onDrop, onClear, onDay, placed } = now.current;
  return {
    carrying,
    layer,
    onDrop,
    onDay,
    field: () => now.current.field,
    place: placed(session),
    lift: () => lift("pointer", session, carrying, now.current),
    clicked: onClear,
  };
}

/** Lift a session, with those selected if it is one of them; where one of them is locked, say so and lift nothing. */
function lift(by: Carried["by"], session: string, carrying: Carrying, board: Board): boolean {
  const { field, placed, selected } = board;
  const all = selected.has(session) ? [session, ...[...selected].filter((id) => id !== session)] : [session];
  const fast = all.find(board.held);
  if (fast) {
    board.onHeld(fast);
    return false;
  }
  const company = all.slice(1).flatMap((id) => {
    const from = placed(id);
    return from ? [{ session: id, from }] : [];
  });
  const from = placed(session);
  const to = from ?? placeAt(field, 0, field.from, board.length(session));
  carrying.lift({ session, from, to, by, company, rooms: field.rooms.map((room) => room.id) });
  return true;
}

/** Do what a key asks for, and tell whether it asked for anything. */
function press(event: React.KeyboardEvent, session: string, carrying: Carrying, board: Board): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const carried = carrying.get();
  const { key } = event;
  if (!carried) return begin(key, session, carrying, board);
  if (key === "Enter" || key === " ") board.onDrop();
  else if (key === "Escape") carrying.drop();
  else if (carried.to && key in ARROWS) carrying.moveTo(moved(carried, carried.to, board.field, key, event.shiftKey));
  else if (carried.to && key in TURNS) turn(carried.to, key, carrying, board);
  else return false;
  return true;
}

/** Take what is carried to the day before or after, at the same time; what is pressed next goes by that day already. */
function turn(place: Place, key: string, carrying: Carrying, board: Board): void {
  const { field, days, onDay } = board;
  const day = days[days.indexOf(field.day) + (TURNS[key] ?? 0)];
  if (!day) return;
  carrying.moveTo({ ...place, start_local: localOf(day, minutesOf(place.start_local, field.day)) });
  board.field = { ...field, day };
  onDay(day);
}

function begin(key: string, session: string, carrying: Carrying, board: Board): boolean {
  const standing = board.placed(session) !== null;
  if (key === "Escape") board.onClear();
  else if (key === "s" || key === "S") board.onSelect(session);
  else if (standing && (key === "l" || key === "L")) board.onLock(session);
  else if (key === "Enter" || key === " ") lift("keyboard", session, carrying, board);
  else if (standing && key === "Delete") {
    if (board.held(session)) board.onHeld(session);
    else board.onTakeOff(session);
  } else return false;
  return true;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Keys that lead to another day. */
const TURNS: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };

/** Return where an arrow takes a place: to the next room, or a step earlier or later; with Shift it grows or shrinks. */
function moved(carried: Carried, place: Place, field: Field, key: string, shift: boolean): Place {
  const [across, down] = ARROWS[key] ?? [0, 0];
  const length = place.duration_minutes ?? USUAL;
  if (shift) return { ...place, duration_minutes: Math.max(SHORTEST, length + down * field.step) };
  const column = field.rooms.findIndex((room) => room.id === place.room_id) + across;
  const minute = minutesOf(place.start_local, field.day) + down * field.step;
  return placeAt(field, column, minute, length, limitsOf(carried, field));
}
