/** Slots of nominating units: balances, the ledger, and codes that stand for slots. */

import { useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Move } from "./rules";

export type Balance = Schemas["BalanceOut"];
export type Code = Schemas["CodeOut"];

export function useBalances(cycle: string, below: string) {
  return useList(["quotas", cycle, "balances", below], (page) => {
    const params = { path: { ref: cycle }, query: { ...page, ...asked({ below }) } };
    return told(api.GET("/api/awards/cycles/{ref}/quotas", { params }));
  });
}

export interface EntryFilters {
  unit: string;
  category: string;
  move: string;
}

export function useEntries(cycle: string, { move, ...filters }: EntryFilters) {
  return useList(["quotas", cycle, "entries", filters, move], (page) => {
    const query = { ...page, ...asked(filters), ...(move && { move: move as Move }) };
    return told(api.GET("/api/awards/cycles/{ref}/quotas/entries", { params: { path: { ref: cycle }, query } }));
  });
}

export function useCodes(cycle: string, filters: { unit: string; category: string; state: string }) {
  return useList(["quotas", cycle, "codes", filters], (page) => {
    const { state, ...others } = filters;
    const query = { ...page, ...asked(others), ...(state && { state: state as "free" | "used" | "withdrawn" }) };
    return told(api.GET("/api/awards/cycles/{ref}/codes", { params: { path: { ref: cycle }, query } }));
  });
}

/** Return how to say that slots have moved: whatever is known of them is asked for again. */
export function useRenewQuotas(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["quotas"] });
}
