/** Where something lies on the board, as a style. */

import type { Field } from "./field";
import { minutesOf, type Place } from "./rules";

interface Spot {
  column: number;
  columns: number;
  from: number;
  scale: number;
  lane: number;
  lanes: number;
}

export function spotOf(spot: Spot, start: number, minutes: number): React.CSSProperties {
  const width = 100 / spot.columns;
  return {
    left: `${(spot.column + spot.lane / spot.lanes) * width}%`,
    width: `calc(${width / spot.lanes}% - 3px)`,
    top: (start - spot.from) * spot.scale,
    height: Math.max(minutes * spot.scale - 2, 14),
  };
}

/** Return where a place lies on a board. */
export function placeOn(field: Field, place: Place, minutes: number): React.CSSProperties {
  const column = field.rooms.findIndex((room) => room.id === (place.room_id ?? null));
  const { from, scale } = field;
  const spot = { column, columns: field.rooms.length, from, scale, lane: 0, lanes: 1 };
  return spotOf(spot, minutesOf(place.start_local, field.day), minutes);
}

/** Return what scrolls about the layer of blocks. */
export function boardOf(layer: HTMLElement | null): HTMLElement | null {
  return layer?.closest<HTMLElement>(".board") ?? null;
}
