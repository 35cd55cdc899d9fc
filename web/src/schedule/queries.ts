/** The schedule on the server: asked, changed, and heard of when others change it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { type Change, hear } from "../frame/hearing";
import type { Deed } from "./history";
import type { Place, Placement, Schedule } from "./rules";

export type Session = Schemas["services__events__programme__schemas__SessionOut"];

export function useSchedule(ref: string) {
  return useQuery({
    queryKey: ["schedule", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/schedule", { params: { path: { ref } } })),
  });
}

/** Ask for every session of a draft, by id. */
export function useSessions(ref: string) {
  return useQuery({
    queryKey: ["sessions", ref],
    queryFn: async () => {
      const found = new Map<string, Session>();
      let cursor: string | null | undefined = "";
      do {
        const page: Schemas["Page_SessionOut_"] = await told(
          api.GET("/api/events/editions/{ref}/sessions", {
            params: { path: { ref }, query: { limit: 100, ...(cursor && { cursor }) } },
          }),
        );
        for (const each of page.items) found.set(each.id, each);
        cursor = page.next;
      } while (cursor);
      return found;
    },
  });
}

export function useTracks(ref: string) {
  return useQuery({
    queryKey: ["tracks", ref],
    queryFn: async () => {
      const query = { limit: 100 };
      return (await told(api.GET("/api/events/editions/{ref}/tracks", { params: { path: { ref }, query } }))).items;
    },
  });
}

export function useConflicts(ref: string) {
  return useQuery({
    queryKey: ["conflicts", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/conflicts", { params: { path: { ref } } })),
  });
}

/** Return how to ask what a move would bring about; nothing is changed by it. */
export function askEffect(ref: string, session: string, place: Place | null, signal: AbortSignal) {
  return told(
    api.POST("/api/events/editions/{ref}/check", { params: { path: { ref } }, body: { session_id: session, place }, signal }),
  );
}

/** Make moves, all or none. They are shown at once, and what comes back takes their place; conflicts are asked for anew. */
export function useMoves(ref: string) {
  const queries = useQueryClient();
  const key = ["schedule", ref];
  return useMutation({
    gcTime: 0, // each keeps the schedule as it was before
    mutationFn: ({ deed, versions }: { deed: Deed; versions: ReadonlyMap<string, number> }) => {
      const moves = deed.map(({ session, after }) => ({
        session_id: session,
        version: versions.get(session) ?? 0,
        place: after,
      }));
      return told(
        api.POST("/api/events/editions/{ref}/schedule/moves", { params: { path: { ref } }, body: { moves } }),
      );
    },
    onMutate: async ({ deed }) => {
      const interrupted = queries.isFetching({ queryKey: key }) > 0;
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<Schedule>(key);
      queries.setQueryData<Schedule>(key, (old) => old && withSteps(old, deed));
      return { before, interrupted };
    },
    onError: (_error, _deed, context) => {
      queries.setQueryData(key, context?.before);
      void queries.invalidateQueries({ queryKey: key });
    },
    onSuccess: ({ placements, unplaced }, _asked, { interrupted }) => {
      // What others did may have been on its way, and is not to be lost or to undo what is shown.
      const more = interrupted || unplaced.length > 0 || queries.isFetching({ queryKey: key }) > 0;
      queries.setQueryData<Schedule>(key, (old) => old && withPlacements(old, placements));
      if (more) void queries.invalidateQueries({ queryKey: key });
      void queries.invalidateQueries({ queryKey: ["conflicts", ref] });
    },
  });
}

/** Return a schedule as it will be when moves were made, as far as that is known before the answer. */
function withSteps(old: Schedule, deed: Deed): Schedule {
  const moved = new Map(deed.map((step) => [step.session, step.after]));
  const standing = new Map(old.placements.map((each) => [each.session_id, each]));
  const placements = deed.flatMap(({ session, after }) =>
    after ? [{ ...(standing.get(session) ?? blank(old, session)), ...shape(after), locked: false }] : [],
  );
  return {
    ...withPlacements(old, placements),
    placements: [...old.placements.filter((each) => !moved.has(each.session_id)), ...placements],
  };
}

function blank({ edition_id, zone }: Schedule, session: string): Placement {
  const unknown = { starts_at: "", ends_at: "", changed_by: "", changed_at: "", locked: false, version: 0 };
  return { session_id: session, edition_id, zone, room_id: null, start_local: "", duration_minutes: 0, ...unknown };
}

function shape({ room_id = null, start_local, duration_minutes }: Place) {
  return { room_id, start_local, ...(duration_minutes ? { duration_minutes } : {}) };
}

function withPlacements(old: Schedule, placements: readonly Placement[]): Schedule {
  const here = new Set(placements.map((each) => each.session_id));
  return {
    ...old,
    placements: [...old.placements.filter((each) => !here.has(each.session_id)), ...placements],
    tray: old.tray.filter((each) => !here.has(each.session_id)),
  };
}

/** Which answers a change of a part of the draft makes old; of a part not named here, all of them. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  placement: ["schedule", "conflicts"],
  schedule: ["schedule", "conflicts"],
  conflict: ["conflicts"],
  release: [],
};
const EVERYTHING = ["schedule", "sessions", "conflicts", "tracks"];
/** So many milliseconds changes that come together are waited for. */
const TOGETHER = 40;

/** Follow the changes that anybody makes; tell whether they are being heard. */
export function useFollowing(ref: string, edition: string | undefined): boolean {
  const queries = useQueryClient();
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (!edition) return;
    const renew = (parts: Iterable<string>, all = true) => {
      for (const part of parts) {
        const predicate = ({ state }: { state: { fetchStatus: string } }) => all || state.fetchStatus === "idle";
        void queries.invalidateQueries({ queryKey: [part, ref], predicate });
      }
    };
    let notes: Change[] = [];
    let timer: number | undefined;
    const read = () => {
      const placements = queries.getQueryData<Schedule>(["schedule", ref])?.placements ?? [];
      const versions = new Map(placements.map((each) => [each.session_id, each.version]));
      const news = notes.filter(({ part, subject, version }) => part !== "placement" || versions.get(subject) !== version);
      renew(new Set(news.flatMap(({ part }) => TOUCHED[part] ?? EVERYTHING)));
      notes = [];
      timer = undefined;
    };
    let begun = false;
    const stop = hear({
      editions: [edition],
      change: (change) => {
        notes.push(change);
        timer ??= window.setTimeout(read, TOGETHER);
      },
      heard: (is) => {
        setHeard(is);
        // What was changed before it was heard; where it was heard all the time, what is being asked for is new.
        if (is) renew(EVERYTHING, begun);
      },
    });
    begun = true;
    return () => {
      window.clearTimeout(timer);
      stop();
      setHeard(false);
    };
  }, [queries, ref, edition]);
  return heard;
}

/** Lock a session where it stands, or let it be moved again. */
export function useLockPlacement(ref: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ session_id, version, locked }: Placement) => {
      const params = { path: { session_id }, header: ifMatch(version) };
      return locked
        ? told(api.DELETE("/api/events/sessions/{session_id}/placement/lock", { params }))
        : told(api.PUT("/api/events/sessions/{session_id}/placement/lock", { params }));
    },
    onSuccess: (placement) =>
      queries.setQueryData<Schedule>(["schedule", ref], (old) => old && withPlacements(old, [placement])),
    onError: () => void queries.invalidateQueries({ queryKey: ["schedule", ref] }),
  });
}

/** Lock a room, a day, or a room on a day; or take a lock away. */
export function useLocks(ref: string) {
  const queries = useQueryClient();
  const path = { ref };
  return useMutation({
    mutationFn: async (asked: { lock: Schemas["LockIn"] } | { unlock: string }) => {
      if ("lock" in asked) {
        await told(api.POST("/api/events/editions/{ref}/schedule/locks", { params: { path }, body: asked.lock }));
      } else {
        const params = { path: { ref, lock_id: asked.unlock } };
        await told(api.DELETE("/api/events/editions/{ref}/schedule/locks/{lock_id}", { params }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["schedule", ref] }),
  });
}

/** Let a conflict stand, with a reason; or take that back. */
export function useAcceptance(ref: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (asked: { accept: Schemas["AcceptIn"] } | { withdraw: string }) => {
      const path = { ref };
      if ("accept" in asked) {
        await told(api.POST("/api/events/editions/{ref}/conflicts/accepted", { params: { path }, body: asked.accept }));
      } else {
        const params = { path: { ref, acceptance_id: asked.withdraw } };
        await told(api.DELETE("/api/events/editions/{ref}/conflicts/accepted/{acceptance_id}", { params }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["conflicts", ref] }),
  });
}
