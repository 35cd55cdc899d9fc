/** What is done to the schedule from here: deeds, with what is said of them, taken back, and refused where stale. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
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
import { useMoves } from "./queries";
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
  history: History;
  said: Sentence | undefined;
  error: unknown;
  stale: Stale | undefined;
  /** Return what is placed by now of a session, and where it stands. */
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
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
  /** Bring a session to where it is seen, and focus it. */
  show: (session: string, place: Place | null) => void;
}

export function useEditing({ ref, titles, rooms, show }: Given): Editing {
  const carrying = useMemo(() => new Carrying(ref), [ref]);
  const queries = useQueryClient();
  const moves = useMoves(ref);
  const [history, setHistory] = useState<History>(NOTHING);
  const [said, setSaid] = useState<Sentence>();
  const [stale, setStale] = useState<Stale>();
  const past = useRef<History>(NOTHING);
  /** Deeds are made one after the other, so that each rests on the versions that the last has left. */
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const { mutateAsync } = moves;

  const placed = useCallback(
    (session: string) =>
      queries.getQueryData<Schedule>(["schedule", ref])?.placements.find((each) => each.session_id === session),
    [queries, ref],
  );
  const standing = useCallback(
    (session: string) => {
      const placement = placed(session);
      return placement ? placeOf(placement) : null;
    },
    [placed],
  );
  const tellOf = useCallback(
    (deed: Deed, made: number) => {
      const [first] = deed;
      if (!first) return;
      const { session, after: place } = first;
      const title = titles(session);
      if (deed.length > 1) setSaid({ key: "schedule.moved_many", values: { n: deed.length, made } });
      else if (!place) setSaid({ key: "schedule.taken_off", values: { title } });
      else {
        const from = clock(minutesOf(place.start_local, dayOf(place.start_local)));
        setSaid({ key: "schedule.dropped", values: { title, room: rooms(place.room_id), from } });
      }
      show(session, place);
    },
    [titles, rooms, show],
  );
  const make = useCallback(
    (find: (history: History) => Deed | undefined, enter: Entering) => {
      last.current = last.current.then(async () => {
        const deed = find(past.current);
        if (!deed?.length) return;
        if (staleSteps(deed, standing).length > 0) {
          setStale({ deed, enter });
          return;
        }
        const versions = new Map(deed.map(({ session }) => [session, placed(session)?.version ?? 0]));
        try {
          const { made } = await mutateAsync({ deed, versions });
          past.current = enter(past.current, deed);
          setHistory(past.current);
          tellOf(deed, made.length);
        } catch (error) {
          if (error instanceof Problem && error.status === 412) setStale({ deed, enter });
        }
      });
    },
    [mutateAsync, placed, standing, tellOf],
  );

  const drop = useCallback(() => {
    const carried = carrying.drop();
    if (!carried) return;
    const deed = stepsOf(carried);
    if (deed.length === 0) setSaid({ key: "schedule.left" });
    make(() => deed, remember);
  }, [carrying, make]);
  const takeOff = useCallback(
    (session: string) => make(() => [{ session, before: standing(session), after: null }], remember),
    [standing, make],
  );
  const swap = useCallback(
    (one: string, other: string) => {
      const [at, there] = [standing(one), standing(other)];
      if (at && there) make(() => swapped([one, at], [other, there]), remember);
    },
    [standing, make],
  );
  const undo = useCallback(() => make(({ done }) => inverse(done.at(-1) ?? []), takenBack), [make]);
  const redo = useCallback(() => make(({ undone }) => undone.at(-1), madeAgain), [make]);
  const settle = (anyway: boolean) => {
    if (anyway && stale) make(() => rebased(stale.deed, standing), stale.enter);
    setStale(undefined);
  };
  const refused = moves.error instanceof Problem && [401, 412].includes(moves.error.status);
  return {
    carrying, history, said, stale, placed, standing, drop, takeOff, swap, undo, redo, settle,
    tell: setSaid,
    error: refused ? null : moves.error,
  };
}
