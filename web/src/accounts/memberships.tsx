/** The societies that an account is a member of. */

import { Form, Input, Tag } from "antd";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { type Column, Listing } from "../parts/listing";
import { today } from "../parts/moments";
import { PickOrganisation } from "../parts/picker";
import { FromUntil } from "./fields";
import { type Membership, useAccountDeeds, useMemberships } from "./queries";
import { standingOf } from "./rules";

interface Entered {
  organisation_id: string;
  number?: string;
  from_on?: string;
  until_on?: string;
}

export function Memberships({ account }: { account: string }) {
  const { say } = useSpeech();
  const { enrol } = useAccountDeeds();
  const list = useMemberships(account);
  const columns = useMembershipColumns();
  return (
    <>
      <Listing
        name={say("accounts.memberships")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("memberships.none")}
        columns={[
          ...columns,
          { key: "act", title: say("organisations.act"), cell: (each) => <End membership={each} /> },
        ]}
      />
      <div className="acts">
        <Asking<Entered, Membership>
          label={say("memberships.give")}
          says={say("memberships.give_says")}
          send={({ organisation_id, number, from_on, until_on }) =>
            enrol({
              account_id: account,
              organisation_id,
              number: number ?? "",
              from_on: from_on || null,
              until_on: until_on || null,
            })
          }
        >
          <Form.Item
            name="organisation_id"
            label={say("memberships.society")}
            rules={[{ required: true, message: say("signin.required") }]}
          >
            <PickOrganisation />
          </Form.Item>
          <Form.Item name="number" label={say("memberships.number")}>
            <Input maxLength={40} />
          </Form.Item>
          <FromUntil />
        </Asking>
      </div>
    </>
  );
}

/** Return how memberships are shown: of what, with which number, from when until when, and whether they count. */
export function useMembershipColumns(): Column<Membership>[] {
  const { say } = useSpeech();
  return [
    {
      key: "at",
      title: say("memberships.society"),
      cell: (each) => <OrganisationName id={each.organisation_id} />,
    },
    { key: "number", title: say("memberships.number"), cell: ({ number }) => number },
    { key: "from", title: say("grants.from_on"), cell: ({ from_on }) => from_on },
    { key: "until", title: say("grants.until_on"), cell: ({ until_on }) => until_on ?? say("grants.open") },
    { key: "standing", title: say("grants.standing"), cell: (each) => <Tag>{say(`stands.${standing(each)}`)}</Tag> },
  ];
}

function standing({ from_on, until_on, ended_at }: Membership) {
  return standingOf(from_on, until_on, ended_at, today());
}

function End({ membership }: { membership: Membership }) {
  const { say } = useSpeech();
  const { end } = useAccountDeeds();
  if (["ended", "over"].includes(standing(membership))) return null;
  return <Asking label={say("memberships.end")} says={say("memberships.end_says")} send={() => end(membership)} />;
}
