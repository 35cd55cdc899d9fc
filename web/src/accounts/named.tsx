/** Accounts and editions by name, where only their ids are told; those that one may not see stay nameless. */

import { Link } from "react-router";
import { useEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { Who } from "../parts/who";
import { useAccount } from "./queries";

export function AccountName({ id }: { id: string }) {
  const { say, of } = useSpeech();
  const { data, error } = useAccount(id);
  if (error) return <Who account={id} />;
  return data ? (
    <Link to={`/accounts/${id}`}>{of(data.name) || data.email || data.phone || say("accounts.local")}</Link>
  ) : (
    <>…</>
  );
}

export function EditionName({ id }: { id: string }) {
  const { say, of } = useSpeech();
  const { data, error } = useEdition(id);
  if (error) return <span title={id}>{say("accounts.hidden_edition")}</span>;
  return data ? <Link to={`/editions/${data.slug}`}>{of(data.name)}</Link> : <>…</>;
}
