/** Who an account is, by name; those who may not read it are told that it is somebody else. */

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";

export function Who({ account }: { account: string }) {
  const { say, of } = useSpeech();
  const me = useMe();
  const own = me.data?.id === account;
  const asked = useQuery({
    queryKey: ["account", account],
    enabled: me.data !== undefined && !own,
    staleTime: Infinity,
    retry: false,
    queryFn: () => told(api.GET("/api/directory/accounts/{account_id}", { params: { path: { account_id: account } } })),
  });
  if (own) return say("frame.you");
  return asked.data ? of(asked.data.name) : say("frame.somebody");
}
