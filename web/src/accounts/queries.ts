/** Accounts, their grants and memberships, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Role } from "../frame/rights";

export type Account = Schemas["AccountOut"];
export type Grant = Schemas["GrantOut"];
export type Membership = Schemas["MembershipOut"];

const LONG = 300_000;

export function useAccounts({ q, below, status }: { q: string; below: string; status: string }) {
  const query = { ...asked({ q, below }), ...(status && { status: status as Account["status"] }) };
  return useList(["accounts", "list", query], (page) =>
    told(api.GET("/api/directory/accounts", { params: { query: { ...page, ...query } } })),
  );
}

export function useAccount(account_id: string) {
  return useQuery({
    queryKey: ["accounts", "one", account_id],
    enabled: account_id !== "",
    staleTime: LONG,
    queryFn: () => told(api.GET("/api/directory/accounts/{account_id}", { params: { path: { account_id } } })),
  });
}

export function useAccountHistory(account_id: string) {
  return useQuery({
    queryKey: ["accounts", "history", account_id],
    queryFn: () => told(api.GET("/api/directory/accounts/{account_id}/history", { params: { path: { account_id } } })),
  });
}

/** Ask for grants: of one account, of a role, at or below an organisation; those that count today, or all there ever were. */
export function useGrants(filters: { account?: string; role?: string; below?: string; in_force: boolean }) {
  const { role, in_force, ...rest } = filters;
  const query = { ...asked(rest), in_force, ...(role && { role: role as Role }) };
  return useList(["accounts", "grants", query], (page) =>
    told(api.GET("/api/directory/grants", { params: { query: { ...page, ...query } } })),
  );
}

export function useMemberships(account: string) {
  return useList(["accounts", "memberships", account], (page) =>
    told(api.GET("/api/directory/memberships", { params: { query: { ...page, account, in_force: false } } })),
  );
}

/** Ask for all memberships of a society and of those below it, also those that are over. */
export function useMembershipsBelow(below: string) {
  return useList(["accounts", "memberships", "below", below], (page) =>
    told(api.GET("/api/directory/memberships", { params: { query: { ...page, below, in_force: false } } })),
  );
}

/** Return what can be done with accounts; all that is shown of them is asked for anew. */
export function useAccountDeeds() {
  const queries = useQueryClient();
  const then = async <T>(done: Promise<T>): Promise<T> => {
    const answer = await done;
    await queries.invalidateQueries({ queryKey: ["accounts"] });
    return answer;
  };
  const one = (each: Account) => ({ path: { account_id: each.id }, header: ifMatch(each.version) });
  return {
    open: (body: Schemas["AccountIn"]) => then(told(api.POST("/api/directory/accounts", { body }))),
    change: (each: Account, body: Schemas["AccountPatch"]) =>
      then(told(api.PATCH("/api/directory/accounts/{account_id}", { params: one(each), body }))),
    disable: (each: Account) =>
      then(told(api.POST("/api/directory/accounts/{account_id}/disable", { params: one(each) }))),
    reopen: (each: Account) =>
      then(told(api.POST("/api/directory/accounts/{account_id}/reopen", { params: one(each) }))),
    link: (each: Account) => told(api.POST("/api/directory/links", { body: { account_id: each.id } })),
    give: (account_id: string, body: Schemas["GrantIn"]) =>
      then(told(api.POST("/api/directory/accounts/{account_id}/grants", { params: { path: { account_id } }, body }))),
    withdraw: ({ id }: Grant) =>
      then(told(api.POST("/api/directory/grants/{grant_id}/withdraw", { params: { path: { grant_id: id } } }))),
    enrol: (body: Schemas["MembershipIn"]) => then(told(api.POST("/api/directory/memberships", { body }))),
    end: ({ id, version }: Membership) => {
      const params = { path: { membership_id: id }, header: ifMatch(version) };
      return then(told(api.POST("/api/directory/memberships/{membership_id}/end", { params })));
    },
  };
}
