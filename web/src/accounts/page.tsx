/** The accounts at what one administers. */

import { Select, Tag } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { OrganisationName } from "../organisations/named";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { PickOrganisation } from "../parts/picker";
import { useAccounts } from "./queries";
import { STATUSES } from "./rules";

export function AccountsPage() {
  const { say, of } = useSpeech();
  const may = useRights();
  const [filters, change] = useFilters(["q", "below", "status"]);
  const list = useAccounts({ ...filters, q: useDeferredValue(filters.q) });
  return (
    <>
      <Heads title={say("accounts.title")}>
        {may("administrator") && <Link to="/accounts/new">{say("accounts.new")}</Link>}
      </Heads>
      <div className="filters">
        <Search label={say("accounts.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <PickOrganisation
          aria-label={say("accounts.below")}
          hint={say("accounts.below")}
          value={filters.below || null}
          onChange={(below) => change({ below: below ?? "" })}
        />
        <Select
          aria-label={say("accounts.status")}
          placeholder={say("accounts.status")}
          allowClear
          value={filters.status || null}
          onChange={(status: string | null | undefined) => change({ status: status ?? "" })}
          options={STATUSES.map((status) => ({ value: status, label: say(`account_is.${status}`) }))}
        />
      </div>
      <Listing
        name={say("accounts.title")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("accounts.none")}
        columns={[
          {
            key: "name",
            title: say("accounts.name"),
            cell: (each) => <Link to={`/accounts/${each.id}`}>{of(each.name) || say("accounts.local")}</Link>,
          },
          {
            key: "contact",
            title: say("accounts.contact"),
            cell: (each) => [each.email, each.phone].filter(Boolean).join(" · "),
          },
          {
            key: "at",
            title: say("accounts.organisation"),
            cell: (each) => <OrganisationName id={each.organisation_id} />,
          },
          {
            key: "status",
            title: say("accounts.status"),
            cell: (each) => <Tag>{say(`account_is.${each.status}`)}</Tag>,
          },
        ]}
      />
      <Files path="/api/directory/accounts" filters={asked(filters)} />
    </>
  );
}
