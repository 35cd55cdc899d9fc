/** Grants: those of one account, and those of everybody at what one administers. */

import { Form, Select, Tag } from "antd";
import { useSpeech } from "../frame/language";
import type { Role } from "../frame/rights";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { type Column, Listing } from "../parts/listing";
import { today } from "../parts/moments";
import { PickOrganisation } from "../parts/picker";
import { FromUntil } from "./fields";
import { EditionName } from "./named";
import { getEdition, PickEdition } from "./pick_edition";
import { type Account, type Grant, useAccountDeeds, useGrants } from "./queries";
import { editionOf, ROLES, standingOf } from "./rules";

interface Entered {
  role: Role;
  organisation_id: string;
  edition?: string | null;
  from_on?: string;
  until_on?: string;
}

/** What an account may do, may have done and will; give and withdraw. */
export function OwnGrants({ account }: { account: Account }) {
  const { say, of } = useSpeech();
  const { give } = useAccountDeeds();
  const list = useGrants({ account: account.id, in_force: false });
  const columns = useGrantColumns();
  return (
    <>
      <Listing
        name={say("accounts.grants")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("grants.none_own")}
        columns={columns}
      />
      <div className="acts">
        <Asking<Entered, Grant>
          label={say("grants.give")}
          says={say("grants.give_says", { name: of(account.name) })}
          start={{ ...(account.organisation_id && { organisation_id: account.organisation_id }) }}
          send={async ({ role, organisation_id, edition, from_on, until_on }) => {
            const owner = edition && (await getEdition(edition)).owner_id;
            return give(account.id, {
              role,
              organisation_id: owner || organisation_id,
              scope: edition ? `edition:${edition}` : null,
              from_on: from_on || null,
              until_on: until_on || null,
            });
          }}
        >
          <GrantFields />
        </Asking>
      </div>
    </>
  );
}

/** A role, at an organisation or on one edition alone, from a day to another. */
function GrantFields() {
  const { say } = useSpeech();
  const edition = Form.useWatch<string | null | undefined>("edition");
  const needed = [{ required: true, message: say("signin.required") }];
  return (
    <>
      <Form.Item name="role" label={say("grants.role")} rules={needed}>
        <Select options={ROLES.map((role) => ({ value: role, label: say(`grant_role.${role}`) }))} />
      </Form.Item>
      <Form.Item name="edition" label={say("grants.edition")} extra={say("grants.edition_says")}>
        <PickEdition />
      </Form.Item>
      {!edition && (
        <Form.Item
          name="organisation_id"
          label={say("grants.at")}
          extra={say("grants.at_says")}
          rules={needed}
          preserve
        >
          <PickOrganisation />
        </Form.Item>
      )}
      <FromUntil />
    </>
  );
}

/** Return how grants are shown: the role, where, since when and until when, and how to withdraw it. */
export function useGrantColumns(): Column<Grant>[] {
  const { say } = useSpeech();
  return [
    { key: "role", title: say("grants.role"), cell: ({ role }) => say(`grant_role.${role}`) },
    { key: "at", title: say("grants.at"), cell: (each) => <Place grant={each} /> },
    { key: "from", title: say("grants.from_on"), cell: ({ from_on }) => from_on },
    { key: "until", title: say("grants.until_on"), cell: ({ until_on }) => until_on ?? say("grants.open") },
    {
      key: "standing",
      title: say("grants.standing"),
      cell: ({ from_on, until_on, withdrawn_at }) => (
        <Tag>{say(`stands.${standingOf(from_on, until_on, withdrawn_at, today())}`)}</Tag>
      ),
    },
    { key: "act", title: say("organisations.act"), cell: (each) => <Withdraw grant={each} /> },
  ];
}

/** Where a grant counts: at an organisation and below it, or on one edition alone. */
function Place({ grant }: { grant: Grant }) {
  const { say } = useSpeech();
  const edition = editionOf(grant.scope);
  if (edition) {
    return (
      <>
        {say("grants.only_edition")} <EditionName id={edition} />
      </>
    );
  }
  return (
    <>
      <OrganisationName id={grant.organisation_id} /> {grant.scope}
    </>
  );
}

function Withdraw({ grant }: { grant: Grant }) {
  const { say } = useSpeech();
  const { withdraw } = useAccountDeeds();
  const standing = standingOf(grant.from_on, grant.until_on, grant.withdrawn_at, today());
  if (standing === "ended" || standing === "over") return null;
  return (
    <Asking
      label={say("grants.withdraw")}
      name={say("grants.withdraw_of", { role: say(`grant_role.${grant.role}`) })}
      says={say("grants.withdraw_says")}
      submit={say("grants.withdraw")}
      send={() => withdraw(grant)}
    />
  );
}
