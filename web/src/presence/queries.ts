/** Who else is at an edition's draft: asked by saying that one is there oneself. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { api, Problem, told } from "../api/client";
import type { Present } from "./rules";

/** So many milliseconds after its last word, a page that is looked at says the next, and hears who came and went. */
const EVERY = 5_000;
/** So many milliseconds somebody stays at a session before it is told. */
const PAUSE = 300;
const NOBODY: readonly Present[] = [];

let last: Promise<unknown> = Promise.resolve();

/** Say one thing after the other, so that who leaves one screen for another is there in the end. */
function inTurn<T>(word: () => Promise<T>): Promise<T> {
  const said = last.then(word);
  last = said.catch(() => undefined);
  return said;
}

interface Presence {
  others: readonly Present[];
  /** Say at which session one is now. */
  goTo: (session: string | undefined) => void;
}

/**
 * Be at an edition's draft, perhaps at a session of it, until the page is left; return who else is.
 *
 * The live view tells of facts, which are kept for good, and who was where is none of them: so it is asked for again and
 * again. A page that nobody looks at is silent, and soon forgotten by the server.
 */
export function usePresence(ref: string, session?: string): Presence {
  const at = useRef(session);
  const timer = useRef<number>(undefined);
  const { data, isError, refetch } = useQuery({
    queryKey: ["presence", ref],
    queryFn: () => {
      const body = { session_id: at.current ?? null };
      return inTurn(() => told(api.PUT("/api/events/editions/{ref}/presence", { params: { path: { ref } }, body })));
    },
    // Who may not be there is not asked for again, and somebody whose session has ended not before they sign in.
    refetchInterval: ({ state: { error } }) => (error instanceof Problem && !error.away ? false : EVERY),
    refetchOnWindowFocus: "always",
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const goTo = useCallback(
    (next: string | undefined) => {
      if (at.current === next) return;
      at.current = next;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void refetch(), PAUSE);
    },
    [refetch],
  );
  useEffect(() => {
    const leave = () =>
      api.DELETE("/api/events/editions/{ref}/presence", { params: { path: { ref } }, keepalive: true });
    const close = () => void leave().catch(() => undefined);
    addEventListener("pagehide", close);
    return () => {
      removeEventListener("pagehide", close);
      window.clearTimeout(timer.current);
      void inTurn(leave).catch(() => undefined);
    };
  }, [ref]);
  return { others: isError ? NOBODY : (data ?? NOBODY), goTo };
}
