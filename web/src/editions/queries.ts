/** Editions, as the API lists, tells and changes them. */

import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext } from "react-router";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { paths } from "../api/schema";
import { useMe } from "../frame/queries";
import { todayIn } from "../home/rules";
import { asked, useList } from "../parts/lists";
import type { Deed, Edition, EditionPatch } from "./rules";

type Query = NonNullable<paths["/api/events/editions"]["get"]["parameters"]["query"]>;
export type EditionFilters = Omit<Query, "limit" | "cursor" | "total" | "format">;

/** Ask for editions that the caller may see. */
export function useEditions(filters: EditionFilters) {
  return useList(["editions", filters], (page) =>
    told(api.GET("/api/events/editions", { params: { query: { ...page, ...asked(filters) } } })),
  );
}

/** Ask for the editions on which the caller works and that are not over, the nearest first. */
export function useOwnEditions() {
  const today = todayIn(useMe().data?.zone ?? "Asia/Shanghai");
  return useQuery({
    queryKey: ["editions", "own", today],
    queryFn: async () => {
      const ask = (query: { from_on: string } | { sort: "newest" }) =>
        told(api.GET("/api/events/editions", { params: { query: { limit: 100, ...query } } }));
      // What has no dates yet stands in no span of days; it is among the newest.
      const [dated, newest] = await Promise.all([ask({ from_on: today }), ask({ sort: "newest" })]);
      const undated = newest.items.filter((edition) => !edition.starts_on);
      return [...dated.items, ...undated].filter(
        (edition) => edition.inside && edition.state !== "closed" && edition.state !== "archived",
      );
    },
  });
}

export function readEdition(ref: string): Promise<Edition> {
  return told(api.GET("/api/events/editions/{ref}", { params: { path: { ref } } }));
}

export function useEdition(ref: string) {
  return useQuery({ queryKey: ["edition", ref], queryFn: () => readEdition(ref) });
}

/** Return the edition within whose frame a screen stands. */
export function useThisEdition(): Edition {
  return useOutletContext<Edition>();
}

/** Return how to say that an edition has changed: whatever is known of it is asked for again. */
export function useRenew(): (...also: QueryKey[]) => Promise<void> {
  const queries = useQueryClient();
  return async (...also) => {
    const keys: QueryKey[] = [["edition"], ["editions"], ["edition history"], ...also];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

export function changeEdition(ref: string, version: number, body: EditionPatch): Promise<Edition> {
  return told(api.PATCH("/api/events/editions/{ref}", { params: { path: { ref }, header: ifMatch(version) }, body }));
}

export function useHistory(ref: string) {
  return useQuery({
    queryKey: ["edition history", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/history", { params: { path: { ref } } })),
  });
}

export function useKeyDates(ref: string) {
  return useList(["key dates", ref], (page) => {
    const params = { path: { ref }, query: { ...page, limit: 100 } };
    return told(api.GET("/api/events/editions/{ref}/key-dates", { params }));
  });
}

export function useRooms(ref: string) {
  return useQuery({
    queryKey: ["edition rooms", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/rooms", { params: { path: { ref } } })),
  });
}

export function useCompleteness(ref: string) {
  return useQuery({
    queryKey: ["completeness", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/completeness", { params: { path: { ref } } })),
  });
}

/** Count the sessions of a draft. */
export function useSessionCount(ref: string) {
  return useQuery({
    queryKey: ["sessions", ref, "count"],
    queryFn: async () => {
      const params = { path: { ref }, query: { limit: 1, total: true } };
      return (await told(api.GET("/api/events/editions/{ref}/sessions", { params }))).total ?? 0;
    },
  });
}

export function useReleases(ref: string) {
  return useQuery({
    queryKey: ["releases", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases", { params: { path: { ref } } })),
  });
}

export interface Approval {
  deed: Deed;
  content: Record<string, unknown>;
  version: number;
  note?: string;
}

/** Approve that somebody else does a deed, with exactly this content. */
export function approve(ref: string, { note = "", ...body }: Approval): Promise<Schemas["ApproveOut"]> {
  return told(api.POST("/api/events/editions/{ref}/approvals", { params: { path: { ref } }, body: { ...body, note } }));
}
