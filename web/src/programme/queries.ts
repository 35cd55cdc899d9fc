/** The draft programme on the server: listed, told and changed. */

import { type InfiniteData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, ifMatch, Problem, type Schemas, told } from "../api/client";
import { asked, useFilters, useList } from "../parts/lists";
import type { Session, SessionPatch, Track } from "./rules";

/** The filters of the programme, as they stand in the address. */
export const FILTERS = ["q", "kind", "status", "openness", "track", "person", "tag", "missing"] as const;
export type Filters = Record<(typeof FILTERS)[number], string>;

export function useProgramme(ref: string, filters: Filters) {
  return useList(["programme", ref, filters], (page) =>
    told(
      api.GET("/api/events/editions/{ref}/sessions", {
        // What stands in the address may be anything: the server refuses what it does not know.
        params: { path: { ref }, query: { ...page, ...(asked(filters) as Record<string, never>) } },
      }),
    ),
  );
}

/** Return the list that this session was opened from, by the filters in the address. */
export function useProgrammeHere(ref: string) {
  const [filters] = useFilters(FILTERS);
  return useProgramme(ref, filters);
}

export function askSession(id: string): Promise<Session> {
  return told(api.GET("/api/events/sessions/{session_id}", { params: { path: { session_id: id } } }));
}

/** Ask for a session to edit: anew whenever that is opened, so that the form begins with what is there. */
export function useSession(id: string) {
  return useQuery({ queryKey: ["session", id], queryFn: () => askSession(id), gcTime: 0 });
}

/** Ask where a session stands on the schedule; `null` where it does not. */
export function usePlacement(id: string) {
  return useQuery({
    queryKey: ["placement", id],
    queryFn: async () => {
      try {
        return await told(
          api.GET("/api/events/sessions/{session_id}/placement", { params: { path: { session_id: id } } }),
        );
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 0,
  });
}

export function useTracks(ref: string) {
  return useQuery({
    queryKey: ["tracks", ref],
    queryFn: async () => {
      const found: Track[] = [];
      let cursor: string | null | undefined = "";
      do {
        const page: Schemas["Page_TrackOut_"] = await told(
          api.GET("/api/events/editions/{ref}/tracks", {
            params: { path: { ref }, query: { limit: 100, ...(cursor && { cursor }) } },
          }),
        );
        found.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return found;
    },
  });
}

/** Own changes of one session come one behind the other, each resting on the one before. */
const turns = new Map<string, Promise<number>>();

function inTurn(id: string, seen: number, send: (version: number) => Promise<Session>): Promise<Session> {
  const before = turns.get(id) ?? Promise.resolve(0);
  const done = before.then((own) => send(Math.max(seen, own)));
  turns.set(
    id,
    done.then(
      ({ version }) => version,
      () => before,
    ),
  );
  return done;
}

/** Return how sessions of an edition are changed. A changed one takes its place in every list at once. */
export function useSessionChanges(ref: string) {
  const queries = useQueryClient();
  return useMemo(() => {
    const elsewhere = (...keys: string[]) => {
      for (const key of [...keys, "sessions", "schedule", "conflicts"]) {
        void queries.invalidateQueries({ queryKey: [key, ref] });
      }
      for (const key of ["appearances", "deeds"]) void queries.invalidateQueries({ queryKey: [key] });
    };
    const put = (session: Session): Session => {
      queries.setQueriesData<InfiniteData<Schemas["Page_SessionOut_"]>>({ queryKey: ["programme", ref] }, (old) => {
        const replaced = (items: Session[]) => items.map((each) => (each.id === session.id ? session : each));
        return old && { ...old, pages: old.pages.map((page) => ({ ...page, items: replaced(page.items) })) };
      });
      elsewhere();
      return session;
    };
    return {
      add: async (body: Schemas["SessionIn"]) => {
        const made = await told(api.POST("/api/events/editions/{ref}/sessions", { params: { path: { ref } }, body }));
        elsewhere("programme");
        return made;
      },
      change: (id: string, seen: number, change: SessionPatch) =>
        inTurn(id, seen, async (version) =>
          put(
            await told(
              api.PATCH("/api/events/sessions/{session_id}", {
                params: { path: { session_id: id }, header: ifMatch(version) },
                body: change,
              }),
            ),
          ),
        ),
      /** Look at what is there now. */
      look: async (id: string) => put(await askSession(id)),
      remove: async (id: string, version: number) => {
        await told(
          api.DELETE("/api/events/sessions/{session_id}", {
            params: { path: { session_id: id }, header: ifMatch(version) },
          }),
        );
        elsewhere("programme");
      },
      confirm: async (id: string, person: string, role: Schemas["PersonRole"]) =>
        put(
          await told(
            api.POST("/api/events/sessions/{session_id}/people/{person_id}/confirm", {
              params: { path: { session_id: id, person_id: person } },
              body: { role },
            }),
          ),
        ),
    };
  }, [queries, ref]);
}

/** Return how the tracks of an edition are changed. */
export function useTrackChanges(ref: string) {
  const queries = useQueryClient();
  const renew = () => queries.invalidateQueries({ queryKey: ["tracks", ref] });
  const at = (track: Track) => ({ path: { track_id: track.id }, header: ifMatch(track.version) });
  return {
    renew,
    add: async (body: Schemas["TrackIn"]) => {
      await told(api.POST("/api/events/editions/{ref}/tracks", { params: { path: { ref } }, body }));
      await renew();
    },
    change: async (track: Track, body: Schemas["TrackPatch"]) => {
      await told(api.PATCH("/api/events/tracks/{track_id}", { params: at(track), body }));
      await renew();
    },
    remove: async (track: Track) => {
      await told(api.DELETE("/api/events/tracks/{track_id}", { params: at(track) }));
      await renew();
      void queries.invalidateQueries({ queryKey: ["programme", ref] });
    },
  };
}
