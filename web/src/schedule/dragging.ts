/** One drag, from the press of a pointer to its release: over the board, which scrolls at its edges, and into the tray. */

import type { Carried, Carrying } from "./carrying";
import type { Field } from "./field";
import { limitsOf, placeAt, SHORTEST, USUAL } from "./reach";
import { minutesOf, type Place, snapped } from "./rules";
import { boardOf } from "./spot";

/** So many pixels a pointer goes before a press becomes a drag. */
const THRESHOLD = 4;
/** So near to the edge of the board, in pixels, it scrolls, and so many pixels of a frame at most. */
const [EDGE, FASTEST] = [40, 16];

export interface Drag {
  carrying: Carrying;
  layer: HTMLElement;
  field: () => Field;
  place: Place | null;
  /** Lift it, and tell whether it could be. */
  lift: () => boolean;
  clicked: () => void;
  onDrop: () => void;
  /** Show another day, over whose tab it is held. */
  onDay: (day: string) => void;
}

export function drag(event: React.PointerEvent<HTMLElement>, given: Drag): void {
  const { carrying, layer, place } = given;
  const pressed = event.target as HTMLElement;
  const block = pressed.closest("[data-session]");
  const resizing = place !== null && pressed.dataset.grip !== undefined;
  const [x, y] = [event.clientX, event.clientY];
  const grabbed = place && block ? y - block.getBoundingClientRect().top : 8;
  const board = boardOf(layer);
  const ended = new AbortController();
  let last: PointerEvent | undefined;
  let length: number | undefined; // as it was lifted: on its way it may be nowhere
  let frame = 0;

  const target = ({ clientX, clientY }: PointerEvent, carried: Carried): Place | null => {
    const field = given.field();
    const box = layer.getBoundingClientRect();
    const minuteAt = (at: number) => field.from + ((at - box.top) / box.height) * (field.until - field.from);
    if (resizing) {
      const minutes = snapped(minuteAt(clientY), field.step) - minutesOf(place.start_local, field.day);
      return { ...place, duration_minutes: Math.max(SHORTEST, minutes) };
    }
    length ??= carried.from?.duration_minutes ?? carried.to?.duration_minutes ?? USUAL;
    const under = document.elementFromPoint(clientX, clientY);
    if (under?.closest("[data-tray]")) return null;
    const day = under?.closest("label")?.querySelector<HTMLElement>("[data-day]")?.dataset.day;
    if (day && day !== field.day) given.onDay(day);
    const column = Math.floor(((clientX - box.left) / box.width) * field.rooms.length);
    const minute = snapped(minuteAt(clientY - grabbed), field.step);
    return placeAt(field, column, minute, length, limitsOf(carried, field));
  };
  const follow = () => {
    const carried = carrying.get();
    if (last && carried) carrying.moveTo(target(last, carried));
  };
  const scroll = () => {
    const carried = carrying.get();
    if (!last || !board || !carried) return;
    const [across, down] = pull(board, last);
    if (across || down) {
      board.scrollBy(resizing ? 0 : across, down);
      follow();
    }
    frame = requestAnimationFrame(scroll);
  };
  const onMove = (move: PointerEvent) => {
    last = move;
    if (!carrying.get()) {
      if (Math.hypot(move.clientX - x, move.clientY - y) < THRESHOLD) return;
      if (!given.lift()) {
        end();
        return;
      }
      layer.setPointerCapture(event.pointerId); // the board stays, while what is held may be drawn anew
      frame = requestAnimationFrame(scroll);
    }
    follow();
  };
  const end = () => {
    cancelAnimationFrame(frame);
    ended.abort();
  };
  const release = () => {
    end();
    if (carrying.get()) given.onDrop();
    else given.clicked();
  };
  const cancel = () => {
    end();
    carrying.drop();
  };
  window.addEventListener("pointermove", onMove, { signal: ended.signal });
  window.addEventListener("pointerup", release, { signal: ended.signal });
  window.addEventListener("pointercancel", cancel, { signal: ended.signal });
  window.addEventListener("keydown", (key) => key.key === "Escape" && cancel(), { signal: ended.signal });
}

/** Return how far the board is to scroll, the further out the faster; nothing before the pointer comes near an edge. */
function pull(board: HTMLElement, { clientX, clientY }: PointerEvent): [number, number] {
  const box = board.getBoundingClientRect();
  const by = (at: number, low: number, high: number) => {
    const out = at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0;
    return Math.max(-FASTEST, Math.min(FASTEST, out / 3));
  };
  return [by(clientX, box.left, box.right), by(clientY, box.top, box.bottom)];
}
