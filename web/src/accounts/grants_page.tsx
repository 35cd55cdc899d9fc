/** The grants of everybody at what one administers. */

import { Checkbox, Select } from "antd";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { PickOrganisation } from "../parts/picker";
import { useGrantColumns } from "./grants";
import { AccountName } from "./named";
import { useGrants } from "./queries";
import { ROLES } from "./rules";

export function GrantsPage() {
  const { say } = useSpeech();
  const [{ role, below, past }, change] = useFilters(["role", "below", "past"]);
  const list = useGrants({ role, below, in_force: !past });
  const columns = useGrantColumns();
  return (
    <>
      <Heads title={say("grants.title")} />
      <p>{say("grants.says")}</p>
      <div className="filters">
        <Select
          aria-label={say("grants.role")}
          placeholder={say("grants.role")}
          allowClear
          value={role || null}
          onChange={(chosen: string | null | undefined) => change({ role: chosen ?? "" })}
          options={ROLES.map((each) => ({ value: each, label: say(`grant_role.${each}`) }))}
        />
        <PickOrganisation
          aria-label={say("grants.below")}
          hint={say("grants.below")}
          value={below || null}
          onChange={(chosen) => change({ below: chosen ?? "" })}
        />
        <Checkbox checked={past !== ""} onChange={({ target }) => change({ past: target.checked ? "yes" : "" })}>
          {say("grants.past_too")}
        </Checkbox>
      </div>
      <Listing
        name={say("grants.title")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("grants.none")}
        columns={[
          { key: "account", title: say("grants.who"), cell: ({ account_id }) => <AccountName id={account_id} /> },
          ...columns.slice(0, -1),
          {
            key: "by",
            title: say("grants.given_by"),
            cell: ({ given_by }) => (given_by ? <AccountName id={given_by} /> : say("audit.system")),
          },
          ...columns.slice(-1),
        ]}
      />
      <Files
        path="/api/directory/grants"
        filters={{ ...(role && { role }), ...(below && { below }), in_force: past ? "false" : "true" }}
      />
    </>
  );
}
