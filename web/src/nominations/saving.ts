/** Writing in a nomination that saves itself: what was changed goes out after a pause, by the version that was read. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Problem, type Schemas } from "../api/client";
import type { FieldSchema } from "../awards/form";
import { afterAnswer, changedOf, type Clash, type Content, fieldOf, keepable, tooLong, type Value } from "./draft";
import { type Nomination, readNomination, writeNomination } from "./queries";

/** Milliseconds without a key after which what was typed is sent; and before the server is asked again that is away. */
const PAUSE = 900;
const AGAIN = 5_000;

export type Saving = "saved" | "waiting" | "sending" | "away" | "clash" | "refused";

/** What is written in, as it is answered. */
interface Written {
  version: number;
  content: Content | null;
}

/** Where something is written: how it is read and sent, and who is told what it says now. */
export interface Place<Answer extends Written> {
  /** By what it is known on this device. */
  id: string;
  read: () => Promise<Answer>;
  write: (version: number, body: Schemas["NominationPatch"]) => Promise<Answer>;
  tell: (now: Answer) => void;
}

/** What of a nomination is not in its form. */
type Beside = Omit<Schemas["NominationPatch"], "content">;

interface Held<Answer> {
  answer: Answer;
  /** What the server holds, by the version that rests on. */
  base: Content;
}

const keyOf = (id: string) => `huitang.nomination.${id}`;

function kept(id: string): Record<string, Value> {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)) ?? "{}") as Record<string, Value>;
  } catch {
    return {};
  }
}

function keep(id: string, changes: Record<string, Value>) {
  if (Object.keys(changes).length > 0) localStorage.setItem(keyOf(id), JSON.stringify(changes));
  else localStorage.removeItem(keyOf(id));
}

/** Write in a nomination. */
export function useDraft(start: Nomination, schema: FieldSchema) {
  const queries = useQueryClient();
  const id = start.id;
  const place = useMemo<Place<Nomination>>(
    () => ({
      id,
      read: () => readNomination(id),
      write: (version, body) => writeNomination(id, version, body),
      tell: (now) => queries.setQueryData(["nomination", id], now),
    }),
    [id, queries],
  );
  const { answer, ...saving } = useSaving(start, schema, place);
  return { ...saving, nomination: answer };
}

/** Return whether something waits to be sent, or to be mended before it can be. */
function standingOf(base: Content, values: Content, schema: FieldSchema): Saving {
  const waits = tooLong(values, schema);
  if (Object.keys(changedOf(base, values)).some((name) => !waits.includes(name))) return "waiting";
  return waits.length > 0 ? "refused" : "saved";
}

/** Write in what stands at a place, which stays the same one. */
export function useSaving<Answer extends Written>(start: Answer, schema: FieldSchema, place: Place<Answer>) {
  const { id } = place;
  const [held, setHeld] = useState<Held<Answer>>({ answer: start, base: start.content ?? {} });
  const [values, setValues] = useState<Content>(() => ({ ...start.content, ...kept(id) }));
  const [state, setState] = useState<Saving>("saved");
  const [error, setError] = useState<Problem>();
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [savedAt, setSavedAt] = useState<Date>();
  const now = useRef({ held, values, clashes });
  const last = useRef<Promise<unknown>>(undefined);
  useEffect(() => {
    now.current = { held, values, clashes };
  }, [held, values, clashes]);
  const take = useCallback(
    (answer: Answer, sent: Content) => {
      const base = answer.content ?? {};
      const next = afterAnswer(now.current.values, sent, base);
      now.current.held = { answer, base };
      now.current.values = next;
      setHeld({ answer, base });
      setValues(next);
      place.tell(answer);
      keep(id, keepable(changedOf(base, next), schema));
    },
    [id, place, schema],
  );
  /** Tell how far it is saved by now, and whether all of it is. */
  const told = useCallback((): boolean => {
    const { held: since, values: typed, clashes: undecided } = now.current;
    const standing = undecided.length > 0 ? "clash" : standingOf(since.base, typed, schema);
    setState(standing);
    return standing === "saved";
  }, [schema]);
  const send = useCallback(
    async (also: Beside): Promise<boolean> => {
      const { held: before, values: sent, clashes: undecided } = now.current;
      const waits = new Set([...tooLong(sent, schema), ...undecided.map(({ pointer }) => fieldOf(pointer))]);
      const changes = changedOf(before.base, sent);
      const content = Object.fromEntries(Object.entries(changes).filter(([name]) => !waits.has(name)));
      if (Object.keys(content).length === 0 && Object.keys(also).length === 0) return told();
      setState("sending");
      setError(undefined);
      try {
        const answer = await place.write(before.answer.version, { ...also, content });
        take(answer, { ...sent, ...Object.fromEntries([...waits].map((name) => [name, before.base[name]])) });
        setSavedAt(new Date());
        return told();
      } catch (caught) {
        if (!(caught instanceof Problem)) throw caught;
        setError(caught);
        if (caught.status === 412) {
          const found = Array.isArray(caught.facts.clashes) ? (caught.facts.clashes as Clash[]) : [];
          const theirs = await place.read();
          take(theirs, before.base);
          now.current.clashes = found;
          setClashes(found);
          setState("clash");
        } else setState(caught.away || caught.status === 401 ? "away" : "refused");
        return false;
      }
    },
    [place, schema, take, told],
  );
  /** Send what was changed, and perhaps what of a nomination is not in its form, once what is on its way has arrived;
   * tells whether all of it is there. */
  const save = useCallback(
    (also: Beside = {}): Promise<boolean> => {
      const turn = (last.current ?? Promise.resolve()).then(() => send(also));
      last.current = turn.catch(() => false);
      return turn;
    },
    [send],
  );
  const changed = Object.keys(changedOf(held.base, values)).length > 0;
  useEffect(() => {
    if (!changed || clashes.length > 0 || state === "sending" || state === "refused") return;
    const timer = setTimeout(() => void save(), state === "away" ? AGAIN : PAUSE);
    return () => clearTimeout(timer);
  }, [changed, clashes.length, values, save, state]);
  const put = useCallback(
    (name: string, value: Value) => {
      const next = { ...now.current.values, [name]: value };
      now.current.values = next;
      setValues(next);
      const changes = changedOf(now.current.held.base, next);
      setState(Object.keys(changes).length > 0 ? "waiting" : "saved");
      keep(id, keepable(changes, schema));
    },
    [id, schema],
  );
  /** Decide a place that both have changed: one's own word goes out anew, theirs stands in its field. */
  const decide = useCallback(
    (clash: Clash, whose: "yours" | "theirs") => {
      put(fieldOf(clash.pointer), whose === "yours" ? clash.yours : clash.theirs);
      setClashes((all) => all.filter((each) => each !== clash));
    },
    [put],
  );
  return { answer: held.answer, values, state, error, clashes, savedAt, changed, put, save, decide, take };
}

export type Draft = ReturnType<typeof useDraft>;

/** What saves itself, whatever is written in. */
export type Saves = Pick<Draft, "values" | "state" | "error" | "clashes" | "savedAt" | "put" | "save" | "decide">;
