/** What the values of a session are called, to be chosen from. */

import { useMemo } from "react";
import { type Key, useSpeech } from "../frame/language";
import { useTracks } from "./queries";
import { type CellName, KINDS, OPENNESS, PRESENCE, STATUSES } from "./rules";

export type Options = readonly (readonly [string, string])[];

export interface Names {
  kind: Options;
  status: Options;
  openness: Options;
  attendance_mode: Options;
  track_id: Options;
}

export function useNames(ref: string): Names {
  const { say, of } = useSpeech();
  const tracks = useTracks(ref).data;
  return useMemo(
    () => ({
      kind: KINDS.map((kind) => [kind, say(`sessionkind.${kind}`)] as const),
      status: STATUSES.map((status) => [status, say(`sessionstatus.${status}`)] as const),
      openness: OPENNESS.map((level) => [level, say(`openness.${level}`)] as const),
      attendance_mode: PRESENCE.map((mode) => [mode, say(`presence.${mode}`)] as const),
      track_id: (tracks ?? []).map((track) => [track.id, of(track.name)] as const),
    }),
    [say, of, tracks],
  );
}

/** Return what may be chosen in a cell; none where it is written. */
export function optionsOf(names: Names, cell: CellName): Options | undefined {
  return cell === "title_zh" || cell === "title_en" || cell === "duration_minutes" ? undefined : names[cell];
}

export function nameOf(options: Options | undefined, value: string): string {
  return options ? (options.find(([each]) => each === value)?.[1] ?? value) : value;
}

export const CELL_NAMES = {
  title_zh: "programme.title_zh",
  title_en: "programme.title_en",
  kind: "programme.kind",
  duration_minutes: "programme.minutes",
  status: "programme.status",
  track_id: "programme.track",
  openness: "programme.openness",
} as const satisfies Record<CellName, Key>;
