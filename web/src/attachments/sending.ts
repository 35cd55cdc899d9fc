/** Files on their way: two at a time, each with how far it is; one that failed waits until it is tried again or left. */

import { useCallback, useEffect, useRef, useState } from "react";
import { freshKey } from "../api/key";
import { give } from "./queries";

const AT_ONCE = 2;

/** A file that is sent, or is to be. */
export interface Sent {
  id: number;
  key: string;
  /** Under which it is taken once: its answer may be lost on the way, and the file sent again. */
  once: string;
  file: File;
  replaces: string | undefined;
  state: "waiting" | "sending" | "failed";
  /** How much of it has gone out, from 0 to 1. */
  part: number;
  error?: unknown;
}

type Wanted = Pick<Sent, "key" | "file" | "replaces"> & Partial<Pick<Sent, "error">>;

export function useSending(nomination: string, done: (file: File) => Promise<void>) {
  const [all, setAll] = useState<readonly Sent[]>([]);
  const next = useRef(0);
  const aborts = useRef(new Map<number, AbortController>());
  const then = useRef(done);
  useEffect(() => {
    then.current = done;
  });
  const change = useCallback((id: number, values: Partial<Sent>) => {
    setAll((before) => before.map((each) => (each.id === id ? { ...each, ...values } : each)));
  }, []);
  const forget = useCallback((id: number) => {
    aborts.current.get(id)?.abort();
    aborts.current.delete(id);
    setAll((before) => before.filter((each) => each.id !== id));
  }, []);
  const start = useCallback(
    async (one: Sent) => {
      const abort = new AbortController();
      aborts.current.set(one.id, abort);
      try {
        const onProgress = (part: number) => change(one.id, { part });
        await give(nomination, one, { key: one.once, signal: abort.signal, onProgress });
        await then.current(one.file);
        forget(one.id);
      } catch (error) {
        change(one.id, { state: "failed", error });
      }
    },
    [nomination, change, forget],
  );
  useEffect(() => {
    const free = AT_ONCE - all.filter(({ state }) => state === "sending").length;
    for (const each of all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free))) {
      if (aborts.current.has(each.id)) continue;
      change(each.id, { state: "sending", part: 0 });
      void start(each);
    }
  }, [all, change, start]);
  useEffect(() => {
    const going = aborts.current;
    return () => going.forEach((abort) => abort.abort());
  }, []);
  const add = useCallback((wanted: readonly Wanted[]) => {
    const made = wanted.map((each): Sent => {
      next.current += 1;
      const state = each.error === undefined ? "waiting" : "failed";
      return { ...each, id: next.current, once: freshKey(), part: 0, state };
    });
    setAll((before) => [...before, ...made]);
  }, []);
  const again = useCallback(
    (id: number) => {
      aborts.current.delete(id);
      change(id, { state: "waiting", part: 0, error: undefined });
    },
    [change],
  );
  return { all, add, again, forget, going: all.some(({ state }) => state !== "failed") };
}

export type Sending = ReturnType<typeof useSending>;
