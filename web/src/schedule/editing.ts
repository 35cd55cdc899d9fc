/** What is done to the schedule from here: deeds, with what is said of them, taken back, and refused where stale. */

import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Problem } from "../api/client";
import type { Key } from "../frame/language";
import { Carrying, stepsOf } from "./carrying";
import {
  type Deed,
  type Entering,
  type History,
  inverse,
  madeAgain,
  NOTHING,
  rebased,
  remember,
  staleSteps,
  swapped,
  takenBack,
} from "./history";
import { useMaking } from "./insisting";
import { Pending, withSteps } from "./pending";
import { clock, dayOf, minutesOf, type Place, type Placement, placeOf, type Schedule } from "./rules";

/** A sentence by its key, to be said in whatever language the page is in by then. */
export interface Sentence {
  key: Key;
  values?: Record<string, string | number>;
}

/** A deed that was refused because somebody else had moved the same session: what was meant. */
export interface Stale {
  deed: Deed;
  enter: Entering;
}

export interface Editing {
  carrying: Carrying;
  /** The schedule as it is shown: as told last, with what is on its way. */
  schedule: Schedule;
  /** How many deeds wait for a server that is away. */
  waiting: number;
  history: History;
  said: Sentence | undefined;
  error: unknown;
  stale: Stale | undefined;
  /** Return what is placed by now of a session, and where it stands, as it is shown. */
  placed: (session: string) => Placement | undefined;
  standing: (session: string) => Place | null;
  tell: (sentence: Sentence) => void;
  drop: () => void;
  takeOff: (session: string) => void;
  swap: (one: string, other: string) => void;
  undo: () => void;
  redo: () => void;
  settle: (anyway: boolean) => void;
}

interface Given {
  ref: string;
  schedule: Schedule;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
  /** Bring a session to where it is seen, and focus it. */
  show: (session: string, place: Place | null) => void;
}

function placedIn(schedule: Schedule | undefined, session: string): Placement | undefined {
  return schedule?.placements.find((each) => each.session_id === session);
}

export function useEditing({ ref, schedule, titles, rooms, show }: Given): Editing {
  const carrying = useMemo(() => new Carrying(ref), [ref]);
  const queries = useQueryClient();
  const pending = useMemo(() => new Pending(), []);
  const deeds = useSyncExternalStore(pending.subscribe, pending.get);
  const shown = useMemo(() => deeds.reduce(withSteps, schedule), [deeds, schedule]);
  const [history, setHistory] = useState<History>(NOTHING);
  const [said, setSaid] = useState<Sentence>();
  const [stale, setStale] = useState<Stale>();
  const [error, setError] = useState<unknown>();
  const [away, setAway] = useState(false);
  const past = useRef<History>(NOTHING);
  /** Deeds are made one after the other, so that each rests on the versions that the last has left. */
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const onAway = useCallback(() => setAway(true), []);
  const send = useMaking(ref, onAway);
  useLeaving(deeds.length > 0);

  const known = useCallback(() => queries.getQueryData<Schedule>(["schedule", ref]), [queries, ref]);
  const placed = useCallback(
    (session: string) => {
      const told = known();
      return placedIn(told && pending.get().reduce(withSteps, told), session);
    },
    [known, pending],
  );
  const standing = useCallback(
    (session: string) => {
      const placement = placed(session);
      return placement ? placeOf(placement) : null;
    },
    [placed],
  );
  const tellOf = useCallback(
    (deed: Deed, made: number | undefined) => {
      const [first] = deed;
      if (!first) return;
      const { session, after: place } = first;
      const title = titles(session);
      if (deed.length > 1 && made === undefined) setSaid({ key: "schedule.moved_all", values: { n: deed.length } });
      else if (deed.length > 1) setSaid({ key: "schedule.moved_many", values: { n: deed.length, made: made ?? 0 } });
      else if (!place) setSaid({ key: "schedule.taken_off", values: { title } });
      else {
        const from = clock(minutesOf(place.start_local, dayOf(place.start_local)));
        setSaid({ key: "schedule.dropped", values: { title, room: rooms(place.room_id), from } });
      }
    },
    [titles, rooms],
  );
  /** Show a deed as made, and return what makes it. */
  const begin = useCallback(
    (deed: Deed, enter: Entering) => {
      const [first] = deed;
      if (!first) return () => Promise.resolve();
      pending.add(deed);
      show(first.session, first.after);
      return async () => {
        const told = (session: string) => placedIn(known(), session);
        const versions = new Map(deed.map(({ session }) => [session, told(session)?.version ?? 0]));
        const there = (session: string) => {
          const placement = told(session);
          return placement ? placeOf(placement) : null;
        };
        setError(undefined);
        try {
          if (staleSteps(deed, there).length > 0) setStale({ deed, enter });
          else {
            const moved = await send(deed, versions);
            past.current = enter(past.current, deed);
            setHistory(past.current);
            tellOf(deed, moved?.made.length);
          }
        } catch (problem) {
          const status = problem instanceof Problem ? problem.status : 0;
          if (status === 412) setStale({ deed, enter });
          else if (status !== 401) setError(problem);
        }
        setAway(false);
        notifyManager.schedule(() => pending.remove(deed)); // once what was answered is shown
      };
    },
    [pending, known, show, send, tellOf],
  );
  const next = useCallback((make: () => Promise<void>) => {
    last.current = last.current.then(make);
  }, []);

  const drop = useCallback(() => {
    const carried = carrying.drop();
    if (!carried) return;
    const deed = stepsOf(carried);
    if (deed.length === 0) setSaid({ key: "schedule.left" });
    next(begin(deed, remember));
  }, [carrying, next, begin]);
  const takeOff = useCallback(
    (session: string) => next(begin([{ session, before: standing(session), after: null }], remember)),
    [standing, next, begin],
  );
  const swap = useCallback(
    (one: string, other: string) => {
      const [at, there] = [standing(one), standing(other)];
      if (at && there) next(begin(swapped([one, at], [other, there]), remember));
    },
    [standing, next, begin],
  );
  // What is taken back is known only when all before it are made.
  const undo = useCallback(
    () => next(() => begin(inverse(past.current.done.at(-1) ?? []), takenBack)()),
    [next, begin],
  );
  const redo = useCallback(() => next(() => begin(past.current.undone.at(-1) ?? [], madeAgain)()), [next, begin]);
  const settle = (anyway: boolean) => {
    if (anyway && stale) next(begin(rebased(stale.deed, standing), stale.enter));
    setStale(undefined);
  };
  return {
    carrying,
    history,
    said,
    stale,
    error,
    placed,
    standing,
    drop,
    takeOff,
    swap,
    undo,
    redo,
    settle,
    schedule: shown,
    waiting: away ? deeds.length : 0,
    tell: setSaid,
  };
}

/** Ask before the page is left, while something is on its way. */
function useLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [busy]);
}
