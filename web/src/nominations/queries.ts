/** Nominations, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";

export type Nomination = Schemas["NominationOut"];
export type Row = Schemas["NominationRowOut"];
export type Lack = Schemas["LackOut"];
export type Part = Schemas["NominationRoleOut"];

export interface NominationFilters {
  q: string;
  cycle: string;
  category: string;
  state: string;
  unit: string;
}

export function useNominations({ state, ...filters }: NominationFilters) {
  return useList(["nominations", filters, state], (page) => {
    const query = { ...page, ...asked(filters), ...(state && { state: state as Schemas["NominationState"] }) };
    return told(api.GET("/api/awards/nominations", { params: { query } }));
  });
}

const at = (id: string) => ({ path: { nomination_id: id } });

export function readNomination(id: string): Promise<Nomination> {
  return told(api.GET("/api/awards/nominations/{nomination_id}", { params: at(id) }));
}

export function useNomination(id: string) {
  return useQuery({ queryKey: ["nomination", id], queryFn: () => readNomination(id), staleTime: Infinity });
}

export function writeNomination(id: string, version: number, body: Schemas["NominationPatch"]): Promise<Nomination> {
  const params = { ...at(id), header: ifMatch(version) };
  return told(api.PATCH("/api/awards/nominations/{nomination_id}", { params, body }));
}

/** Ask what stands against handing in what is written by a version. */
export function useReadiness(id: string, version: number) {
  return useQuery({
    queryKey: ["nomination", id, "readiness", version],
    queryFn: () => told(api.GET("/api/awards/nominations/{nomination_id}/readiness", { params: at(id) })),
    placeholderData: (before) => before,
  });
}

export function useNotice(id: string) {
  return useQuery({
    queryKey: ["nomination", id, "notice"],
    queryFn: () => told(api.GET("/api/awards/nominations/{nomination_id}/notice", { params: at(id) })),
  });
}

export function useParts(id: string) {
  return useQuery({
    queryKey: ["nomination", id, "roles"],
    queryFn: () => told(api.GET("/api/awards/nominations/{nomination_id}/roles", { params: at(id) })),
  });
}

/** Ask for the receipt of what counts, once it was handed in. */
export function useReceipt({ id, number, state, version }: Nomination) {
  return useQuery({
    queryKey: ["nomination", id, "submission", state, version],
    queryFn: () => told(api.GET("/api/awards/nominations/{nomination_id}/submission", { params: at(id) })),
    enabled: number !== null,
  });
}

/** Return how to say that a nomination has changed, and the lists that it stands in. */
export function useRenewNominations(): (id?: string) => Promise<void> {
  const queries = useQueryClient();
  return async (id) => {
    await queries.invalidateQueries({ queryKey: ["nominations"] });
    if (id) await queries.invalidateQueries({ queryKey: ["nomination", id] });
  };
}
