/** The formality check of a cycle: its queue, one nomination on the workbench, the reasons, and what is said. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { paths } from "../api/schema";
import { asked, useList, whole } from "../parts/lists";

export type CheckRow = Schemas["CheckRowOut"];
export type Check = Schemas["CheckOut"];
export type Reason = Schemas["CheckReasonOut"];
export type Outcome = Schemas["CheckOutcome"];

type Query = NonNullable<paths["/api/awards/cycles/{ref}/checks"]["get"]["parameters"]["query"]>;
/** The filters of the queue, as its address holds them. */
export const FILTERS = ["q", "standing", "category", "unit", "hands", "sort"] as const;
export type Filters = Record<(typeof FILTERS)[number], string>;

const sent = (filters: Filters) => asked(filters) as Query;

export function useQueue(cycle: string, filters: Filters) {
  return useList(["checks", cycle, filters], (page) => {
    const query = { ...page, ...sent(filters) };
    return told(api.GET("/api/awards/cycles/{ref}/checks", { params: { path: { ref: cycle }, query } }));
  });
}

/** So many pages of the queue are gone through to find one of it. */
const MOST_PAGES = 20;

/** Ask for the ids of the queue around one of it, in order: kept as they are, so that what is decided stays in its place. */
export function useRound(cycle: string, filters: Filters, id: string) {
  return useQuery({
    queryKey: ["round", cycle, filters],
    queryFn: async () => {
      const ids: string[] = [];
      let cursor = "";
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { ...sent(filters), limit: 100, ...(cursor && { cursor }) };
        const { items, next } = await told(
          api.GET("/api/awards/cycles/{ref}/checks", { params: { path: { ref: cycle }, query } }),
        );
        const found = ids.includes(id);
        ids.push(...items.map((row) => row.nomination_id));
        if (!next || found) break;
        cursor = next;
      }
      return ids;
    },
    staleTime: Infinity,
  });
}

/** Ask how far the check has come; `ahead` is by how much the server's clock goes before ours. */
export function useStatistics(cycle: string) {
  return useQuery({
    queryKey: ["checks", cycle, "statistics"],
    queryFn: async () => {
      const params = { path: { ref: cycle } };
      const found = await told(api.GET("/api/awards/cycles/{ref}/checks/statistics", { params }));
      return { ...found, ahead: Date.parse(found.now) - Date.now() };
    },
  });
}

const at = (id: string) => ({ path: { nomination_id: id } });

export function useCheck(id: string) {
  return useQuery({
    queryKey: ["check", id],
    queryFn: () => told(api.GET("/api/awards/nominations/{nomination_id}/check", { params: at(id) })),
  });
}

export function usePapers(id: string) {
  return whole(
    useQuery({
      queryKey: ["check", id, "papers"],
      queryFn: async () => {
        const params = { ...at(id), query: { limit: 100 } };
        return (await told(api.GET("/api/awards/nominations/{nomination_id}/attachments", { params }))).items;
      },
    }),
  );
}

export function useScans(id: string) {
  return useQuery({
    queryKey: ["check", id, "scans"],
    queryFn: async () => {
      const params = { ...at(id), query: { limit: 100 } };
      return (await told(api.GET("/api/awards/nominations/{nomination_id}/sealed-scans", { params }))).items;
    },
  });
}

export function readReasons(programme: string): Promise<Schemas["CheckReasonsOut"]> {
  return told(api.GET("/api/awards/programmes/{ref}/check-reasons", { params: { path: { ref: programme } } }));
}

export function useReasons(programme: string) {
  return useQuery({ queryKey: ["check reasons", programme], queryFn: () => readReasons(programme) });
}

/** Return how to say that the reasons of a programme are others now. */
export function useRenewReasons(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["check reasons"] });
}

export function take(id: string, fromOther = false) {
  const body = { from_other: fromOther };
  return told(api.POST("/api/awards/nominations/{nomination_id}/check/take", { params: at(id), body }));
}

export function putBack(id: string) {
  return told(api.POST("/api/awards/nominations/{nomination_id}/check/release", { params: at(id) }));
}

export function giveOpinion(id: string, version: number, body: Schemas["OpinionIn"]) {
  const params = { ...at(id), header: ifMatch(version) };
  return told(api.POST("/api/awards/nominations/{nomination_id}/check/opinions", { params, body }));
}

/** Open an identity number, which goes on record with why. */
export async function openNumber(id: string, body: Schemas["IdentityIn"]): Promise<string> {
  return (await told(api.POST("/api/awards/nominations/{nomination_id}/identity", { params: at(id), body }))).number;
}

/** Return how to say that checks have changed: whatever is known of them, and what counts them, is asked for again. */
export function useRenewChecks(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const roots = ["check", "checks", "nomination", "progress", "lists"];
    await Promise.all(roots.map((root) => queries.invalidateQueries({ queryKey: [root] })));
  };
}
