/** Who an account is, by name where it is a colleague's. */

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";

export function Who({ account }: { account: string }) {
  return useName(account);
}

/** Return who an account is. */
export function useName(account: string): string {
  const { say, of } = useSpeech();
  const { data: me } = useMe();
  const own = me?.id === account;
  const { data, isError } = useQuery({
    queryKey: ["name", account],
    queryFn: () =>
      told(api.GET("/api/directory/accounts/{account_id}/name", { params: { path: { account_id: account } } })),
    enabled: me !== undefined && !own,
    retry: false,
    staleTime: Infinity,
  });
  if (own) return say("parts.you");
  return isError ? say("parts.somebody") : of(data?.name) || "…";
}
