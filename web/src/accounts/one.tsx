/** One account: whose it is, what it may do, and the ways into it. */

import { Skeleton, Tag } from "antd";
import { useParams } from "react-router";
import { Deeds } from "../audit/deeds";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Entry } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { useMoments } from "../parts/moments";
import { Once } from "../parts/once";
import { AccountFields, type Entered, sent } from "./fields";
import { OwnGrants } from "./grants";
import { Memberships } from "./memberships";
import { type Account, useAccount, useAccountDeeds, useAccountHistory } from "./queries";

export function AccountPage() {
  const { say, of } = useSpeech();
  const { account: id = "" } = useParams();
  const { data: each, error } = useAccount(id);
  const history = useAccountHistory(id);
  const { instant: moment } = useMoments();
  const { change } = useAccountDeeds();
  if (!each) return error ? <Failure error={error} /> : <Skeleton active />;
  const { organisation_id, ...rest } = each;
  return (
    <>
      <Heads title={of(each.name) || say("accounts.local")}>
        <Tag>{say(`account_is.${each.status}`)}</Tag>
      </Heads>
      <Facts facts={[[say("accounts.opened_at"), moment(each.opened_at)]]} />
      <Ways each={each} />
      <h2>{say("accounts.grants")}</h2>
      <OwnGrants account={each} />
      <h2>{say("accounts.memberships")}</h2>
      <Memberships account={each.id} />
      <h2>{say("accounts.facts")}</h2>
      <Entry<Entered>
        start={{ ...rest, ...(organisation_id && { organisation_id }) }}
        send={(values) => change(each, sent(values))}
      >
        <AccountFields />
      </Entry>
      <h2>{say("organisations.history")}</h2>
      <Deeds name={say("organisations.history")} asked={history} />
    </>
  );
}

/** The ways into an account: a link made for it, and whether it may be signed in to at all. */
function Ways({ each }: { each: Account }) {
  const { say, of } = useSpeech();
  const { instant: moment } = useMoments();
  const deeds = useAccountDeeds();
  const name = of(each.name);
  if (each.status === "disabled") {
    return (
      <div className="acts">
        <Asking
          label={say("accounts.reopen")}
          says={say("accounts.reopen_says", { name })}
          send={() => deeds.reopen(each)}
        />
      </div>
    );
  }
  return (
    <div className="acts">
      <Asking
        label={say("accounts.link")}
        says={say("accounts.link_says", { name })}
        send={() => deeds.link(each)}
        shows={({ url, expires_at }) => (
          <Once
            label={say("accounts.link")}
            value={url}
            says={say("accounts.link_once", { name, at: moment(expires_at) })}
          />
        )}
      />
      <Asking
        label={say("accounts.disable")}
        says={say("accounts.disable_says", { name })}
        send={() => deeds.disable(each)}
      />
    </div>
  );
}
