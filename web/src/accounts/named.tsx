/** Accounts by name, where only their ids are told; those that one may not see stay nameless. */

import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useAccount } from "./queries";

export function AccountName({ id }: { id: string }) {
  const { say, of } = useSpeech();
  const { data, error } = useAccount(id);
  if (error) return <span title={id}>{say("accounts.hidden")}</span>;
  return data ? (
    <Link to={`/accounts/${id}`}>{of(data.name) || data.email || data.phone || say("accounts.local")}</Link>
  ) : (
    <>…</>
  );
}
