/** All organisations: the tree, or a list of those that are looked for. */

import { Select } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { Way } from "./named";
import { useOrganisations } from "./queries";
import { KINDS, STATUSES } from "./rules";
import { Tree } from "./tree";
import "./organisations.css";

export function OrganisationsPage() {
  const { say } = useSpeech();
  const may = useRights();
  const [filters, change] = useFilters(["q", "kind", "status"]);
  const looking = Object.values(filters).some(Boolean);
  return (
    <>
      <Heads title={say("organisations.title")}>
        {may("administrator") && (
          <>
            <Link to="/organisations/new">{say("organisations.new")}</Link>
            <Link to="/organisations/import">{say("organisations.import")}</Link>
          </>
        )}
        <a href="/api/directory/workbooks/organisations" download>
          {say("organisations.export")}
        </a>
      </Heads>
      <div className="filters">
        <Search label={say("organisations.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <Select
          aria-label={say("organisations.kind")}
          placeholder={say("organisations.kind")}
          allowClear
          value={filters.kind || null}
          onChange={(kind: string | null | undefined) => change({ kind: kind ?? "" })}
          options={KINDS.map((kind) => ({ value: kind, label: say(`kind_of.${kind}`) }))}
        />
        <Select
          aria-label={say("organisations.status")}
          placeholder={say("organisations.status")}
          allowClear
          value={filters.status || null}
          onChange={(status: string | null | undefined) => change({ status: status ?? "" })}
          options={STATUSES.map((status) => ({ value: status, label: say(`status_of.${status}`) }))}
        />
      </div>
      {looking ? (
        <Found filters={filters} />
      ) : (
        <>
          <p className="faint">{say("organisations.tree_help")}</p>
          <Tree />
        </>
      )}
    </>
  );
}

function Found({ filters }: { filters: Record<"q" | "kind" | "status", string> }) {
  const { say, of } = useSpeech();
  const q = useDeferredValue(filters.q);
  const list = useOrganisations({ ...filters, q });
  return (
    <>
      <Listing
        name={say("organisations.title")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("organisations.none")}
        columns={[
          {
            key: "name",
            title: say("organisations.name"),
            cell: (each) => <Link to={`/organisations/${each.slug}`}>{of(each.name)}</Link>,
          },
          { key: "way", title: say("organisations.stands_below"), cell: (each) => <Way id={each.parent_id} /> },
          { key: "kind", title: say("organisations.kind"), cell: (each) => say(`kind_of.${each.kind}`) },
          { key: "status", title: say("organisations.status"), cell: (each) => say(`status_of.${each.status}`) },
        ]}
      />
      <Files path="/api/directory/organisations" filters={asked(filters)} />
    </>
  );
}
