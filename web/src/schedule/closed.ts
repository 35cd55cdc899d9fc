/** When something cannot be used, as stretches of minutes of a day. */

import { minutesOf } from "./rules";

export interface Window {
  start_local: string;
  end_local: string;
  closed?: boolean;
}

export type Stretch = readonly [number, number];

/** Return the stretches of a day that are in no open window (without any, all is open), or in a closed one. */
export function closedStretches(windows: readonly Window[], day: string, from: number, until: number): Stretch[] {
  const spans = windows.map((each) => ({
    closed: each.closed === true,
    start: Math.max(from, minutesOf(each.start_local, day)),
    end: Math.min(until, minutesOf(each.end_local, day)),
  }));
  const open = spans.filter((each) => !each.closed);
  const edges = [...new Set([from, until, ...spans.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= from && edge <= until)
    .sort((a, b) => a - b);
  const found: [number, number][] = [];
  edges.slice(1).forEach((end, index) => {
    const start = edges[index] ?? from;
    const inside = (each: { start: number; end: number }) => each.start <= start && end <= each.end;
    const usable = (open.length === 0 || open.some(inside)) && !spans.some((each) => each.closed && inside(each));
    if (usable) return;
    const last = found.at(-1);
    if (last?.[1] === start) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}
