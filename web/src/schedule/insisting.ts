/** Making moves on the server, which is asked again by itself where it was away. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, Problem, type Schemas, told } from "../api/client";
import type { Deed } from "./history";
import { withPlacements, withSteps } from "./pending";
import { askSchedule } from "./queries";
import { placeOf, samePlace, type Schedule } from "./rules";

/** So many milliseconds an absent server is waited for, first and at most. */
const [FIRST, MOST] = [500, 4_000];

export type Moved = Schemas["ManyMovedOut"];

/**
 * Return how to make moves, all or none: what comes back is known from then on, and conflicts are asked for anew.
 *
 * `onAway` is called with every try that did not reach the server. One whose answer got lost may have been made: where
 * the next is refused as stale and all stands as it was meant to, nothing is returned, as what it made is not known.
 */
export function useMaking(ref: string, onAway: (problem: Problem) => void) {
  const queries = useQueryClient();
  return useCallback(
    async (deed: Deed, versions: ReadonlyMap<string, number>): Promise<Moved | undefined> => {
      const key = ["schedule", ref];
      const moves = deed.map(({ session, after }) => ({
        session_id: session,
        version: versions.get(session) ?? 0,
        place: after,
      }));
      const path = { ref };
      const tried = { again: false };
      try {
        const moved = await insist(
          () => told(api.POST("/api/events/editions/{ref}/schedule/moves", { params: { path }, body: { moves } })),
          (problem) => {
            tried.again = true;
            onAway(problem);
          },
        );
        // What others did may have been on its way, and is neither to be lost nor to undo what is known now.
        const more = moved.unplaced.length > 0 || queries.isFetching({ queryKey: key }) > 0;
        queries.setQueryData<Schedule>(key, (old) => old && withPlacements(withSteps(old, deed), moved.placements));
        if (more) void queries.invalidateQueries({ queryKey: key });
        void queries.invalidateQueries({ queryKey: ["conflicts", ref] });
        return moved;
      } catch (error) {
        void queries.invalidateQueries({ queryKey: ["conflicts", ref] });
        if (tried.again && error instanceof Problem && error.status === 412) {
          const now = await askSchedule(ref);
          queries.setQueryData<Schedule>(key, now);
          if (stands(deed, now)) return undefined;
        }
        void queries.invalidateQueries({ queryKey: key });
        throw error;
      }
    },
    [queries, ref, onAway],
  );
}

/** Ask, and ask again for as long as the server is away. */
async function insist<T>(ask: () => Promise<T>, onAway: (problem: Problem) => void): Promise<T> {
  for (let pause = FIRST; ; pause = Math.min(2 * pause, MOST)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Problem && error.away)) throw error;
      onAway(error);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Tell whether all stands as a deed would have it. */
function stands(deed: Deed, { placements }: Schedule): boolean {
  const places = new Map(placements.map((each) => [each.session_id, placeOf(each)]));
  return deed.every(({ session, after }) => samePlace(after, places.get(session) ?? null));
}
