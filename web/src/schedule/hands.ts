/** How sessions are taken in hand: by mouse or finger, and by the keys. Both carry the same thing to the same places. */

import { type RefObject, useMemo } from "react";
import type { Carrying } from "./carrying";
import type { Field } from "./field";
import { localOf, minutesOf, type Place, snapped } from "./rules";

/** So many pixels a pointer goes before a press becomes a drag. */
const THRESHOLD = 4;
/** So near to the edge of the board, in pixels, it scrolls. */
const EDGE = 36;
const SHORTEST = 5;
/** The length of a session that has none of its own yet, in minutes. */
export const USUAL = 30;

interface Given {
  carrying: Carrying;
  field: Field;
  layer: RefObject<HTMLDivElement | null>;
  onDrop: () => void;
  onTakeOff: (session: string) => void;
}

interface Handlers {
  onPointerDown?: (event: React.PointerEvent<HTMLElement>) => void;
  onKeyDown?: (event: React.KeyboardEvent<HTMLElement>) => void;
  onBlur?: () => void;
}

export type Hands = (session: string, place: Place | null, movable: boolean, length?: number | null) => Handlers;

export function useHands({ carrying, field, layer, onDrop, onTakeOff }: Given): Hands {
  return useMemo<Hands>(
    () => (session, place, movable, length) => {
      if (!movable) return {};
      const first = place ?? placeAt(field, 0, field.from, length ?? USUAL);
      return {
        onPointerDown: (event) => drag(event, { carrying, field, layer: layer.current, session, place, first, onDrop }),
        onKeyDown: (event) => press(event, { carrying, field, session, place, first, onDrop, onTakeOff }),
        onBlur: () => {
          if (carrying.get()?.by === "keyboard" && carrying.get()?.session === session) carrying.drop();
        },
      };
    },
    [carrying, field, layer, onDrop, onTakeOff],
  );
}

function placeAt(field: Field, column: number, minute: number, length: number): Place {
  const room = field.rooms[Math.max(0, Math.min(field.rooms.length - 1, column))];
  return { room_id: room?.id ?? null, start_local: localOf(field.day, minute), duration_minutes: length };
}

interface Drag {
  carrying: Carrying;
  field: Field;
  layer: HTMLElement | null;
  session: string;
  place: Place | null;
  first: Place;
  onDrop: () => void;
}

function drag(event: React.PointerEvent<HTMLElement>, given: Drag): void {
  const { carrying, field, layer, session, place, first, onDrop } = given;
  if (event.button !== 0 || !layer || carrying.get()) return;
  const held = event.currentTarget;
  const resizing = place !== null && (event.target as HTMLElement).dataset.grip !== undefined;
  const [x, y] = [event.clientX, event.clientY];
  const grabbed = place ? y - held.getBoundingClientRect().top : 8;
  const length = first.duration_minutes ?? USUAL;
  const ended = new AbortController();

  const minuteAt = (clientY: number): number => {
    const box = layer.getBoundingClientRect();
    return field.from + ((clientY - box.top) / box.height) * (field.until - field.from);
  };
  const target = (move: PointerEvent): Place | null => {
    if (resizing) {
      const start = minutesOf(first.start_local, field.day);
      return { ...first, duration_minutes: Math.max(SHORTEST, snapped(minuteAt(move.clientY), field.step) - start) };
    }
    if (document.elementFromPoint(move.clientX, move.clientY)?.closest("[data-tray]")) return null;
    const box = layer.getBoundingClientRect();
    const column = Math.floor(((move.clientX - box.left) / box.width) * field.rooms.length);
    const minute = snapped(minuteAt(move.clientY - grabbed), field.step);
    return placeAt(field, column, Math.max(field.from, Math.min(field.until - SHORTEST, minute)), length);
  };
  const onMove = (move: PointerEvent) => {
    if (!carrying.get()) {
      if (Math.hypot(move.clientX - x, move.clientY - y) < THRESHOLD) return;
      carrying.lift(session, place, place, "pointer");
    }
    scrollAtEdge(layer.closest<HTMLElement>(".board"), move);
    carrying.moveTo(target(move));
  };
  const end = () => {
    ended.abort();
    if (carrying.get()) onDrop();
  };
  const cancel = () => {
    ended.abort();
    carrying.drop();
  };
  held.setPointerCapture(event.pointerId);
  held.addEventListener("pointermove", onMove, { signal: ended.signal });
  held.addEventListener("pointerup", end, { signal: ended.signal });
  held.addEventListener("pointercancel", cancel, { signal: ended.signal });
  window.addEventListener("keydown", (key) => key.key === "Escape" && cancel(), { signal: ended.signal });
}

function scrollAtEdge(board: HTMLElement | null, move: PointerEvent): void {
  if (!board) return;
  const box = board.getBoundingClientRect();
  const by = (at: number, low: number, high: number) => (at < low + EDGE ? -EDGE : at > high - EDGE ? EDGE : 0);
  board.scrollBy(by(move.clientX, box.left, box.right), by(move.clientY, box.top, box.bottom));
}

interface Press {
  carrying: Carrying;
  field: Field;
  session: string;
  place: Place | null;
  first: Place;
  onDrop: () => void;
  onTakeOff: (session: string) => void;
}

function press(event: React.KeyboardEvent<HTMLElement>, given: Press): void {
  const { carrying, field, session, place, first, onDrop, onTakeOff } = given;
  const carried = carrying.get();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!carried) {
    if (event.key === "Enter" || event.key === " ") carrying.lift(session, place, first, "keyboard");
    else if (event.key === "Delete" && place) onTakeOff(session);
    else return;
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" || event.key === " ") onDrop();
  else if (event.key === "Escape") carrying.drop();
  else if (carried.to && event.key in ARROWS) carrying.moveTo(moved(carried.to, field, event.key, event.shiftKey));
  else return;
  event.preventDefault();
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Return where an arrow takes a place: to the next room, or a step earlier or later; with Shift it grows or shrinks. */
export function moved(place: Place, field: Field, key: string, shift: boolean): Place {
  const [across, down] = ARROWS[key] ?? [0, 0];
  const length = place.duration_minutes ?? USUAL;
  if (shift) return { ...place, duration_minutes: Math.max(SHORTEST, length + down * field.step) };
  const column = field.rooms.findIndex((room) => room.id === place.room_id) + across;
  const minute = minutesOf(place.start_local, field.day) + down * field.step;
  return placeAt(field, column, Math.max(field.from, Math.min(field.until - SHORTEST, minute)), length);
}
