/** Writing in a nomination that saves itself: what was changed goes out after a pause, by the version that was read. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Problem, type Schemas } from "../api/client";
import type { FieldSchema } from "../awards/form";
import { afterAnswer, changedOf, type Clash, type Content, fieldOf, keepable, tooLong, type Value } from "./draft";
import { type Nomination, readNomination, writeNomination } from "./queries";

/** Milliseconds without a key after which what was typed is sent; and before the server is asked again that is away. */
const PAUSE = 900;
const AGAIN = 5_000;

export type Saving = "saved" | "waiting" | "sending" | "away" | "clash" | "refused";

interface Held {
  nomination: Nomination;
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

export function useSaving(start: Nomination, schema: FieldSchema) {
  const queries = useQueryClient();
  const id = start.id;
  const [held, setHeld] = useState<Held>({ nomination: start, base: start.content ?? {} });
  const [values, setValues] = useState<Content>(() => ({ ...start.content, ...kept(id) }));
  const [state, setState] = useState<Saving>("saved");
  const [error, setError] = useState<Problem>();
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [savedAt, setSavedAt] = useState<Date>();
  const now = useRef({ held, values, sending: false });
  useEffect(() => {
    now.current.held = held;
    now.current.values = values;
  }, [held, values]);
  const take = useCallback(
    (nomination: Nomination, sent: Content) => {
      const base = nomination.content ?? {};
      const next = afterAnswer(now.current.values, sent, base);
      now.current.held = { nomination, base };
      now.current.values = next;
      setHeld({ nomination, base });
      setValues(next);
      queries.setQueryData(["nomination", id], nomination);
      keep(id, keepable(changedOf(base, next), schema));
    },
    [id, queries, schema],
  );
  /** Send what was changed, and perhaps what of a nomination is not in its form; tells whether all of it is there. */
  const save = useCallback(
    async (also: Omit<Schemas["NominationPatch"], "content"> = {}): Promise<boolean> => {
      const { held: before, values: sent, sending } = now.current;
      if (sending) return false;
      const waits = new Set(tooLong(sent, schema));
      const changes = changedOf(before.base, sent);
      const content = Object.fromEntries(Object.entries(changes).filter(([name]) => !waits.has(name)));
      if (Object.keys(content).length === 0 && Object.keys(also).length === 0) {
        setState(waits.size > 0 ? "refused" : "saved");
        return waits.size === 0;
      }
      now.current.sending = true;
      setState("sending");
      setError(undefined);
      try {
        const answer = await writeNomination(id, before.nomination.version, { ...also, content });
        take(answer, { ...sent, ...Object.fromEntries([...waits].map((name) => [name, before.base[name]])) });
        setSavedAt(new Date());
        setState(waits.size > 0 ? "refused" : "saved");
        return waits.size === 0;
      } catch (caught) {
        if (!(caught instanceof Problem)) throw caught;
        setError(caught);
        if (caught.status === 412) {
          const found = Array.isArray(caught.facts.clashes) ? (caught.facts.clashes as Clash[]) : [];
          const theirs = await readNomination(id);
          take(theirs, before.base);
          setClashes(found);
          setState("clash");
        } else setState(caught.away || caught.status === 401 ? "away" : "refused");
        return false;
      } finally {
        now.current.sending = false;
      }
    },
    [id, schema, take],
  );
  const changed = Object.keys(changedOf(held.base, values)).length > 0;
  useEffect(() => {
    if (!changed || clashes.length > 0) return;
    const timer = setTimeout(() => void save(), state === "away" ? AGAIN : PAUSE);
    return () => clearTimeout(timer);
  }, [changed, clashes.length, values, save, state]);
  const put = useCallback(
    (name: string, value: Value) => {
      const next = { ...now.current.values, [name]: value };
      now.current.values = next;
      setValues(next);
      setState("waiting");
      keep(id, keepable(changedOf(now.current.held.base, next), schema));
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
  return { nomination: held.nomination, values, state, error, clashes, savedAt, changed, put, save, decide, take };
}

export type Draft = ReturnType<typeof useSaving>;
