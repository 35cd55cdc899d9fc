/** Cycles of programmes, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext } from "react-router";
import { api, Problem, type Schemas, told } from "../api/client";
import type { paths } from "../api/schema";
import { asked, useList } from "../parts/lists";

export type Cycle = Schemas["CycleOut"];
export type Stage = Schemas["StageOut"];

type Query = NonNullable<paths["/api/awards/cycles"]["get"]["parameters"]["query"]>;
export type CycleFilters = Omit<Query, "limit" | "cursor" | "total" | "format">;

export function useCycles(filters: CycleFilters) {
  return useList(["cycles", filters], (page) =>
    told(api.GET("/api/awards/cycles", { params: { query: { ...page, ...asked(filters) } } })),
  );
}

export function readCycle(ref: string): Promise<Cycle> {
  return told(api.GET("/api/awards/cycles/{ref}", { params: { path: { ref } } }));
}

export function useCycle(ref: string) {
  return useQuery({ queryKey: ["cycle", ref], queryFn: () => readCycle(ref), enabled: ref !== "" });
}

export interface RunCycle {
  cycle: Cycle;
  /** Whether the caller is of its award office. */
  office: boolean;
}

/** Ask for what was done to a cycle; `null` where the caller is not of its award office. */
export function useCycleHistory(ref: string) {
  return useQuery({
    queryKey: ["cycle", ref, "history"],
    queryFn: () =>
      told(api.GET("/api/awards/cycles/{ref}/history", { params: { path: { ref } } })).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 403) return null;
        throw error;
      }),
  });
}

/** Return the cycle within whose frame a screen stands. */
export function useThisCycle(): RunCycle {
  return useOutletContext<RunCycle>();
}

/** Return how to say that cycles have changed: whatever is known of them is asked for again. */
export function useRenewCycles(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const key of ["cycle", "cycles"]) await queries.invalidateQueries({ queryKey: [key] });
  };
}

export function readCycleDefinition(ref: string, number?: number): Promise<Schemas["CycleDefinitionOut"]> {
  const params = { path: { ref }, query: number === undefined ? {} : { number } };
  return told(api.GET("/api/awards/cycles/{ref}/definition", { params }));
}

/** Ask for the definition that holds in a cycle today, or for another by its number. */
export function useCycleDefinition(ref: string, number?: number) {
  return useQuery({
    queryKey: ["cycle", ref, "definition", number],
    queryFn: () => readCycleDefinition(ref, number),
    enabled: ref !== "",
  });
}

export function useStages(ref: string) {
  return useList(["cycle", ref, "stages"], (page) => {
    const params = { path: { ref }, query: { ...page, limit: 100 } };
    return told(api.GET("/api/awards/cycles/{ref}/stages", { params }));
  });
}

export function useExtensions(ref: string) {
  return useList(["cycle", ref, "extensions"], (page) =>
    told(api.GET("/api/awards/cycles/{ref}/extensions", { params: { path: { ref }, query: page } })),
  );
}

export function useAmendments(ref: string) {
  return useList(["cycle", ref, "amendments"], (page) =>
    told(api.GET("/api/awards/cycles/{ref}/amendments", { params: { path: { ref }, query: page } })),
  );
}

/** Ask for the deadlines that hold for a unit, or those announced; `ahead` is by how much the server's clock goes before ours. */
export function useDeadlines(ref: string, unit?: string, nomination?: string) {
  return useQuery({
    queryKey: ["cycle", ref, "deadlines", unit, nomination],
    queryFn: async () => {
      const query = { ...(unit && { unit_id: unit }), ...(nomination && { nomination_id: nomination }) };
      const asked = await told(api.GET("/api/awards/cycles/{ref}/deadlines", { params: { path: { ref }, query } }));
      return { deadlines: asked.deadlines, ahead: Date.parse(asked.now) - Date.now() };
    },
    staleTime: 60_000,
  });
}
