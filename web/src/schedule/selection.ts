/** Which sessions of the day are selected, to be moved together. */

import { useCallback, useMemo, useState } from "react";
import type { Sentence } from "./editing";
import { dayOf, type Schedule } from "./rules";

export interface Selection {
  selected: ReadonlySet<string>;
  toggle: (session: string) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Return the selection of a day; another day begins without one, and what leaves the day leaves it. */
export function useSelection(
  day: string,
  schedule: Schedule,
  titles: (session: string) => string,
  tell: (sentence: Sentence) => void,
): Selection {
  const [chosen, setChosen] = useState({ day, sessions: NONE });
  const sessions = chosen.day === day ? chosen.sessions : NONE;
  const selected = useMemo(() => {
    if (sessions.size === 0) return NONE;
    const here = schedule.placements.filter((each) => sessions.has(each.session_id) && dayOf(each.start_local) === day);
    return new Set(here.map((each) => each.session_id));
  }, [sessions, schedule.placements, day]);
  const toggle = useCallback(
    (session: string) => {
      if (!schedule.placements.some((each) => each.session_id === session)) return;
      const next = new Set(selected);
      if (!next.delete(session)) next.add(session);
      setChosen({ day, sessions: next });
      const key = next.has(session) ? "schedule.was_selected" : "schedule.was_deselected";
      tell({ key, values: { title: titles(session), n: next.size } });
    },
    [selected, schedule.placements, day, titles, tell],
  );
  const clear = useCallback(() => setChosen((old) => (old.sessions.size ? { ...old, sessions: NONE } : old)), []);
  return { selected, toggle, clear };
}
