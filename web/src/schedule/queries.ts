/** The schedule on the server: asked, changed, and heard of when others change it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { Place, Placement, Schedule } from "./rules";

type Session = Schemas["services__events__programme__schemas__SessionOut"];

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

interface Move {
  session: string;
  version: number;
  place: Place | null;
}

/** Move a session, or take it off. What comes back is put into the schedule at once; conflicts are asked for anew. */
export function useMove(ref: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ session, version, place }: Move): Promise<Placement | null> => {
      const params = { path: { session_id: session }, header: ifMatch(version) };
      if (place) return told(api.PUT("/api/events/sessions/{session_id}/placement", { params, body: place }));
      await told(api.DELETE("/api/events/sessions/{session_id}/placement", { params }));
      return null;
    },
    onSuccess: (placement, { session }) => {
      queries.setQueryData<Schedule>(["schedule", ref], (old) => old && withPlacement(old, session, placement));
      void queries.invalidateQueries({ queryKey: ["conflicts", ref] });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ["schedule", ref] }),
  });
}

function withPlacement(old: Schedule, session: string, placement: Placement | null): Schedule {
  const placements = old.placements.filter((each) => each.session_id !== session);
  return {
    ...old,
    placements: placement ? [...placements, placement] : placements,
    tray: old.tray.filter((each) => each.session_id !== session || !placement),
  };
}

/** Follow the changes that anybody makes; tell whether they are being heard. */
export function useFollowing(ref: string, edition: string | undefined): boolean {
  const queries = useQueryClient();
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (!edition) return;
    const stream = new EventSource(`/api/events/live?topic=edition:${edition}`);
    const renew = () => {
      for (const part of ["schedule", "sessions", "conflicts"]) void queries.invalidateQueries({ queryKey: [part, ref] });
    };
    let opened = false;
    stream.addEventListener("open", () => {
      setHeard(true);
      if (opened) renew(); // what was changed while nothing was heard
      opened = true;
    });
    stream.addEventListener("change", renew);
    stream.addEventListener("error", () => setHeard(false));
    return () => stream.close();
  }, [queries, ref, edition]);
  return heard;
}
