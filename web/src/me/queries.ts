/** What is one's own: profile, password, the browsers that are signed in, and API keys. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { Me } from "../frame/queries";

export type Key = Schemas["KeyOut"];

export function useSessions() {
  return useQuery({ queryKey: ["me", "sessions"], queryFn: () => told(api.GET("/api/directory/me/sessions")) });
}

export function useKeys() {
  return useQuery({ queryKey: ["me", "keys"], queryFn: () => told(api.GET("/api/directory/me/keys")) });
}

/** Return what one can do with one's own; all of it is asked for anew. */
export function useOwnDeeds() {
  const queries = useQueryClient();
  const then = async <T>(done: Promise<T>): Promise<T> => {
    const answer = await done;
    await queries.invalidateQueries({ queryKey: ["me"] });
    return answer;
  };
  const one = (credential_id: string) => ({ path: { credential_id } });
  return {
    change: ({ version }: Me, body: Schemas["OwnPatch"]) =>
      then(told(api.PATCH("/api/directory/me", { params: { header: ifMatch(version) }, body }))),
    choosePassword: (body: Schemas["PasswordIn"]) => then(told(api.POST("/api/directory/me/password", { body }))),
    endSession: (id: string) =>
      then(told(api.DELETE("/api/directory/me/sessions/{credential_id}", { params: one(id) }))),
    makeKey: (body: Schemas["KeyIn"]) => then(told(api.POST("/api/directory/me/keys", { body }))),
    endKey: (id: string) => then(told(api.DELETE("/api/directory/me/keys/{credential_id}", { params: one(id) }))),
  };
}
