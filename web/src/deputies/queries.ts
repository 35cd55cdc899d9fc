/** Colleagues who stand in for nominators, as the API lists, names and ends them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { useMe } from "../frame/queries";
import { useList } from "../parts/lists";
import { today } from "../parts/moments";
import type { Source } from "../parts/picker";
import { type Deputy, stateOf } from "./rules";

export function useDeputies(all: boolean) {
  return useList(["deputies", all], (page) =>
    told(api.GET("/api/awards/deputies", { params: { query: { ...page, going_on: !all } } })),
  );
}

/** Ask for whom one stands in: now, and from a day to come. */
export function useStandIns(): { standing: readonly Deputy[]; coming: readonly Deputy[] } {
  const { data: me } = useMe();
  const { data } = useQuery({
    queryKey: ["deputies", "own"],
    queryFn: async () =>
      (await told(api.GET("/api/awards/deputies", { params: { query: { going_on: true, limit: 100 } } }))).items,
  });
  const own = (data ?? []).filter((each) => each.deputy_id === me?.id && each.unit_id === me.organisation_id);
  const on = today();
  return {
    standing: own.filter((each) => stateOf(each, on) === "now"),
    coming: own.filter((each) => stateOf(each, on) === "ahead"),
  };
}

/** Return those who belong to a unit, to be found by name. */
export function colleaguesAt(unit: string): Source {
  return {
    kind: `colleague ${unit}`,
    find: async (q) => {
      const query = { organisation_id: unit, limit: 20, ...(q && { q }) };
      return (await told(api.GET("/api/directory/accounts/colleagues", { params: { query } }))).items;
    },
    get: (id) => told(api.GET("/api/directory/accounts/{account_id}/name", { params: { path: { account_id: id } } })),
  };
}

export function nameDeputy(body: Schemas["DeputyIn"]): Promise<Deputy> {
  return told(api.POST("/api/awards/deputies", { body }));
}

export function endDeputy({ id, version }: Deputy): Promise<Deputy> {
  const params = { path: { leave_id: id }, header: ifMatch(version) };
  return told(api.POST("/api/awards/deputies/{leave_id}/end", { params }));
}

export function useRenewDeputies(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["deputies"] });
}
