/** What is done to the schedule from here: moves, with what is said of them, taken back, and refused where stale. */

import { useCallback, useMemo, useState } from "react";
import { Problem } from "../api/client";
import type { Key } from "../frame/language";
import { Carrying } from "./carrying";
import { useMove } from "./queries";
import {
  clock,
  dayOf,
  type History,
  makeAgain,
  minutesOf,
  NOTHING,
  type Place,
  placeOf,
  remember,
  samePlace,
  type Schedule,
  type Step,
  takeBack,
} from "./rules";

/** A sentence by its key, to be said in whatever language the page is in by then. */
export interface Sentence {
  key: Key;
  values?: Record<string, string>;
}

/** A move that was refused because somebody else had moved the same session: what was meant. */
export interface StaleMove {
  step: Step;
  history: History;
}

export interface Editing {
  carrying: Carrying;
  history: History;
  said: Sentence | undefined;
  error: unknown;
  focused: string | undefined;
  stale: StaleMove | undefined;
  /** Where the stale session stands by now. */
  standing: Place | null;
  focus: (session: string) => void;
  drop: () => void;
  takeOff: (session: string) => void;
  undo: () => void;
  redo: () => void;
  settle: (anyway: boolean) => void;
}

export function useEditing(
  ref: string,
  schedule: Schedule | undefined,
  titles: (session: string) => string,
  rooms: (room: string | null | undefined) => string,
): Editing {
  const carrying = useMemo(() => new Carrying(ref), [ref]);
  const move = useMove(ref);
  const [history, setHistory] = useState<History>(NOTHING);
  const [said, setSaid] = useState<Sentence>();
  const [focused, setFocused] = useState<string>();
  const [stale, setStale] = useState<StaleMove>();
  const { mutate } = move;

  const placed = useCallback(
    (session: string) => schedule?.placements.find((each) => each.session_id === session),
    [schedule?.placements],
  );
  const make = useCallback(
    (step: Step, after: History) => {
      const { session, after: place } = step;
      mutate(
        { session, place, version: placed(session)?.version ?? 0 },
        {
          onSuccess: () => {
            setHistory(after);
            setFocused(session);
            const title = titles(session);
            const from = place ? clock(minutesOf(place.start_local, dayOf(place.start_local))) : "";
            setSaid(
              place
                ? { key: "schedule.dropped", values: { title, room: rooms(place.room_id), from } }
                : { key: "schedule.taken_off", values: { title } },
            );
          },
          onError: (error) => {
            if (error instanceof Problem && error.status === 412) setStale({ step, history: after });
          },
        },
      );
    },
    [mutate, placed, titles, rooms],
  );

  const drop = useCallback(() => {
    const carried = carrying.drop();
    if (!carried) return;
    const { session, from, to } = carried;
    if (samePlace(from, to)) setSaid({ key: "schedule.left" });
    else {
      const step = { session, before: from, after: to };
      make(step, remember(history, step));
    }
  }, [carrying, make, history]);
  const takeOff = useCallback(
    (session: string) => {
      const placement = placed(session);
      if (!placement) return;
      const step = { session, before: placeOf(placement), after: null };
      make(step, remember(history, step));
    },
    [placed, make, history],
  );
  const again = useCallback(
    ([step, after]: [Step | undefined, History]) => {
      if (step) make(step, after);
    },
    [make],
  );
  const undo = useCallback(() => again(takeBack(history)), [again, history]);
  const redo = useCallback(() => again(makeAgain(history)), [again, history]);
  const settle = (anyway: boolean) => {
    if (anyway && stale) make(stale.step, stale.history);
    setStale(undefined);
  };
  const standing = stale && placed(stale.step.session);
  const refused = move.error instanceof Problem && [401, 412].includes(move.error.status);
  return {
    carrying, history, said, focused, stale, drop, takeOff, undo, redo, settle,
    error: refused ? null : move.error,
    standing: standing ? placeOf(standing) : null,
    focus: setFocused,
  };
}
