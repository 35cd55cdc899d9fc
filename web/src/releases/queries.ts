/** Releases of an edition, what the next one would bring, and the links that show it beforehand. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, type Text, told } from "../api/client";

export type Release = Schemas["ReleaseOut"];
export type Next = Schemas["NextOut"];
export type Change = Schemas["EventsChangeOut"];
export type Affected = Schemas["AffectedOut"];
/** A session as a release shows it: of its content, what is shown here. */
export type Released = Schemas["services__events__releases__schemas__SessionOut"] & {
  content: { title: Text; start_local: string | null; place: { room: Text } | null };
};

export function useReleases(ref: string) {
  return useQuery({
    queryKey: ["releases", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases", { params: { path: { ref } } })),
  });
}

/**
 * Ask what the next release would bring, anew whenever it is looked at: anything in the draft may have changed.
 *
 * It stands below the draft's conflicts, to be renewed with them: by a move, by an acceptance, by what others do.
 */
export function useNext(ref: string) {
  return useQuery({
    queryKey: ["conflicts", ref, "next"],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases/next", { params: { path: { ref } } })),
    staleTime: 0,
  });
}

export function useDiff(ref: string, number: number, from: number) {
  return useQuery({
    queryKey: ["releases", ref, number, "diff", from],
    queryFn: () =>
      told(
        api.GET("/api/events/editions/{ref}/releases/{number}/diff", {
          params: { path: { ref, number }, query: { from } },
        }),
      ),
  });
}

export function useAffected(ref: string, number: number, from: number) {
  return useQuery({
    queryKey: ["releases", ref, number, "affected", from],
    queryFn: () =>
      told(
        api.GET("/api/events/editions/{ref}/releases/{number}/affected.json", {
          params: { path: { ref, number }, query: { from } },
        }),
      ),
  });
}

export function useReleasedSessions(ref: string, number: number) {
  return useQuery({
    queryKey: ["releases", ref, number, "sessions"],
    queryFn: async () =>
      (await told(
        api.GET("/api/events/editions/{ref}/releases/{number}/sessions", { params: { path: { ref, number } } }),
      )) as Released[],
  });
}

/** Do something about the next release, and ask for everything anew, whatever came of it: much rests on what is public. */
function useTowards<Body, Made>(ask: (body: Body) => Promise<Made>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: ask, onSettled: () => queries.invalidateQueries() });
}

export function useRelease(ref: string) {
  return useTowards((body: Schemas["ReleaseIn"]) =>
    told(api.POST("/api/events/editions/{ref}/releases", { params: { path: { ref } }, body })),
  );
}

export function useRollBack(ref: string) {
  return useTowards((number: number) =>
    told(
      api.POST("/api/events/editions/{ref}/releases/{number}/rollback", {
        params: { path: { ref, number } },
        body: {},
      }),
    ),
  );
}

export function useApprove(ref: string) {
  return useTowards((body: Schemas["services__events__releases__schemas__ApprovalIn"]) =>
    told(api.POST("/api/events/editions/{ref}/releases/approvals", { params: { path: { ref } }, body })),
  );
}

export function useAccept(ref: string) {
  return useTowards((body: Schemas["AcceptIn"]) =>
    told(api.POST("/api/events/editions/{ref}/conflicts/accepted", { params: { path: { ref } }, body })),
  );
}

export function usePreviews(ref: string) {
  return useQuery({
    queryKey: ["previews", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/previews", { params: { path: { ref } } })),
  });
}

export function useMakePreview(ref: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (hours: number) =>
      told(api.POST("/api/events/editions/{ref}/previews", { params: { path: { ref } }, body: { hours } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["previews", ref] }),
  });
}

export function useRevokePreview(ref: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (preview_id: string) =>
      told(api.DELETE("/api/events/editions/{ref}/previews/{preview_id}", { params: { path: { ref, preview_id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["previews", ref] }),
  });
}
