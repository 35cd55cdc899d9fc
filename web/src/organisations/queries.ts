/** Organisations, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Organisation } from "./rules";

const LONG = 300_000;

export interface Filters {
  q: string;
  kind: string;
  status: string;
}

/** Ask for organisations anywhere in the tree. */
export function useOrganisations(filters: Filters) {
  const { q, kind, status } = asked(filters);
  const query = {
    ...(q && { q }),
    ...(kind && { kind: kind as Organisation["kind"] }),
    ...(status && { status: status as Organisation["status"] }),
  };
  return useList(["organisations", "list", q, kind, status], (page) =>
    told(api.GET("/api/directory/organisations", { params: { query: { ...page, ...query } } })),
  );
}

/** Ask for the organisation above all others. */
export function useRoot() {
  return useQuery({
    queryKey: ["organisations", "root"],
    queryFn: async () => {
      const first = await told(api.GET("/api/directory/organisations", { params: { query: { limit: 1 } } }));
      const ref = first.items[0]?.id ?? "";
      const path = await told(api.GET("/api/directory/organisations/{ref}/path", { params: { path: { ref } } }));
      return told(api.GET("/api/directory/organisations/{ref}", { params: { path: { ref: path[0]?.id ?? ref } } }));
    },
  });
}

/** Ask for all active organisations directly below one, while that is wanted. */
export function useBelow(parent: string, wanted: boolean) {
  return useQuery({
    queryKey: ["organisations", "below", parent],
    enabled: wanted,
    queryFn: async () => {
      const found: Organisation[] = [];
      let cursor: string | null | undefined = "";
      do {
        const page: Schemas["Page_OrganisationOut_"] = await told(
          api.GET("/api/directory/organisations", {
            params: { query: { parent, status: "active", limit: 100, ...(cursor && { cursor }) } },
          }),
        );
        found.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return found;
    },
  });
}

/** Ask for one organisation, by id or slug; nothing is asked where none is named. */
export function useOrganisation(ref: string | null | undefined) {
  return useQuery({
    queryKey: ["organisations", "one", ref],
    enabled: Boolean(ref),
    staleTime: LONG,
    queryFn: () => told(api.GET("/api/directory/organisations/{ref}", { params: { path: { ref: ref ?? "" } } })),
  });
}

/** Ask for the way from the root down to one, today or as it was on a day. */
export function usePath(ref: string, on = "") {
  return useQuery({
    queryKey: ["organisations", "path", ref, on],
    queryFn: () =>
      told(
        api.GET("/api/directory/organisations/{ref}/path", { params: { path: { ref }, query: { ...(on && { on }) } } }),
      ),
  });
}

export function useStates(ref: string) {
  return useQuery({
    queryKey: ["organisations", "states", ref],
    queryFn: () => told(api.GET("/api/directory/organisations/{ref}/states", { params: { path: { ref } } })),
  });
}

export function useHistory(ref: string) {
  return useQuery({
    queryKey: ["organisations", "history", ref],
    queryFn: () => told(api.GET("/api/directory/organisations/{ref}/history", { params: { path: { ref } } })),
  });
}

/** Return what can be done with organisations; all that is shown of them is asked for anew. */
export function useOrganisationDeeds() {
  const queries = useQueryClient();
  const then = async <T>(done: Promise<T>): Promise<T> => {
    const answer = await done;
    await queries.invalidateQueries({ queryKey: ["organisations"] });
    return answer;
  };
  const one = (each: Organisation) => ({ path: { ref: each.id }, header: ifMatch(each.version) });
  return {
    open: (body: Schemas["OrganisationIn"]) => then(told(api.POST("/api/directory/organisations", { body }))),
    correct: (each: Organisation, body: Schemas["OrganisationPatch"]) =>
      then(told(api.PATCH("/api/directory/organisations/{ref}", { params: one(each), body }))),
    rename: (each: Organisation, body: Schemas["RenameIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/rename", { params: one(each), body }))),
    move: (each: Organisation, body: Schemas["DirectoryMoveIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/move", { params: one(each), body }))),
    merge: (each: Organisation, body: Schemas["MergeIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/merge", { params: one(each), body }))),
    split: (each: Organisation, body: Schemas["SplitIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/split", { params: one(each), body }))),
    close: (each: Organisation, body: Schemas["CloseIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/close", { params: one(each), body }))),
    addName: (each: Organisation, body: Schemas["OtherNameIn"]) =>
      then(told(api.POST("/api/directory/organisations/{ref}/names", { params: one(each), body }))),
    removeName: (each: Organisation, name_id: string) => {
      const { path, header } = one(each);
      const params = { path: { ...path, name_id }, header };
      return then(told(api.DELETE("/api/directory/organisations/{ref}/names/{name_id}", { params })));
    },
    take: (file: File, query: { dry_run: boolean; on?: string }) => {
      const sent = told(api.POST("/api/directory/workbooks/organisations", { params: { query }, ...bytesOf(file) }));
      return query.dry_run ? sent : then(sent);
    },
    takeMembers: async (society: Organisation, file: File, dry_run: boolean) => {
      const params = { path: { ref: society.id }, query: { dry_run } };
      const answer = await told(api.POST("/api/directory/workbooks/members/{ref}", { params, ...bytesOf(file) }));
      if (!dry_run) await queries.invalidateQueries({ queryKey: ["accounts"] });
      return answer;
    },
  };
}

const bytesOf = (file: File) => ({ headers: { "Content-Type": XLSX }, body: "", bodySerializer: () => file });
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
