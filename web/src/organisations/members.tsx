/** The members of a society, one by one and out of a workbook. */

import { Skeleton } from "antd";
import { Link, useParams } from "react-router";
import { AccountName } from "../accounts/named";
import { useMembershipColumns } from "../accounts/memberships";
import { useMembershipsBelow } from "../accounts/queries";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { useOrganisation, useOrganisationDeeds, usePath } from "./queries";
import { mayTend } from "./rules";
import { Workbook } from "./workbook";

export function MembersPage() {
  const { say, of } = useSpeech();
  const { organisation: ref = "" } = useParams();
  const { data: society, error } = useOrganisation(ref);
  const path = usePath(ref);
  const { data: me } = useMe();
  const { takeMembers } = useOrganisationDeeds();
  const list = useMembershipsBelow(ref);
  const columns = useMembershipColumns();
  if (!society) return error ? <Failure error={error} /> : <Skeleton active />;
  const tends = mayTend(me?.grants ?? [], path.data?.map((above) => above.id) ?? []);
  const counted = ({ given, changed, unchanged, applied }: Schemas["MembersOut"]) => {
    const told = applied ? "members.applied" : given + changed > 0 ? "members.would" : "members.nothing";
    return say(told, { given, changed, unchanged });
  };
  return (
    <>
      <Heads title={`${of(society.name)} · ${say("members.title")}`}>
        <Files path="/api/directory/memberships" filters={{ below: society.id, in_force: "false" }} />
        <Link to={`/organisations/${society.slug}`}>{say("members.to_society")}</Link>
      </Heads>
      <Listing
        name={say("members.title")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("members.none")}
        columns={[
          { key: "who", title: say("members.who"), cell: (each) => <AccountName id={each.account_id} /> },
          ...columns,
        ]}
      />
      {tends && society.status === "active" && (
        <section className="part">
          <h2>{say("members.import")}</h2>
          <p>{say("members.import_says")}</p>
          <Workbook
            take={(file, dryRun) => takeMembers(society, file, dryRun)}
            changes={({ given, changed }) => given + changed > 0}
            counted={counted}
          />
        </section>
      )}
    </>
  );
}
