/** The nominator's desk: calls that are open with the time left, and the nominations of one's units. */

import { useDeferredValue } from "react";
import { Link } from "react-router";
import { AwardsNavigation } from "../awards/frame";
import { TimeLeft } from "../cycles/left";
import { useCycles } from "../cycles/queries";
import { useStandIns } from "../deputies/queries";
import { StandingIn } from "../deputies/standing";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { Choose } from "../parts/choose";
import { Moment } from "../parts/moment";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Search } from "../parts/search";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { CategoryName } from "./category";
import { useNominations } from "./queries";
import { STATES } from "./rules";
import { useUnit } from "./unit";
import "./nominations.css";

export function NominationsPage() {
  const { say } = useSpeech();
  const word = useWord();
  const may = useRights();
  const unit = useUnit();
  const { standing } = useStandIns();
  const nominates = may("nominator") || standing.length > 0;
  const [filters, change] = useFilters(["q", "cycle", "category", "state", "unit"]);
  const list = useNominations(useDeferredValue(filters));
  return (
    <>
      <AwardsNavigation />
      <Heads title={say("nominations.title")}>
        <Files path="/api/awards/nominations" filters={asked(filters)} />
        <Link className="action" to="/awards/nominations/with-code">
          {say("nominations.with_code")}
        </Link>
        {nominates && (
          <>
            <Link className="action" to="/awards/nominations/sheets">
              {say("sheets.title")}
            </Link>
            <Link className="action" to="/awards/nominations/deputies">
              {say("deputies.title")}
            </Link>
          </>
        )}
      </Heads>
      <StandingIn />
      {nominates && <Calls {...(unit && { unit })} />}
      <section className="part">
        <h2>{say("nominations.list")}</h2>
        <div className="filters">
          <Search label={say("nominations.search")} value={filters.q} onChange={(words) => change({ q: words })} />
          <Choose
            label={say("nominations.state")}
            value={filters.state}
            choices={STATES.map((state) => ({ value: state, label: word("nomination_state", state) }))}
            onChange={(state) => change({ state })}
          />
          <ByOrganisation label={say("nominations.unit")} value={filters.unit} onChange={(unit) => change({ unit })} />
        </div>
        <Listing
          name={say("nominations.list")}
          list={list}
          keyOf={(row) => row.id}
          empty={say("nominations.none")}
          columns={[
            {
              key: "name",
              title: say("nominations.candidate"),
              cell: (row) => (
                <Link to={`/awards/nominations/${row.id}`}>{row.name || row.number || say("nominations.unnamed")}</Link>
              ),
            },
            { key: "number", title: say("nominations.number"), cell: (row) => row.number },
            { key: "category", title: say("nominations.category"), cell: (row) => <CategoryName of={row} /> },
            { key: "route", title: say("awards.field.routes"), cell: (row) => word("route", row.route) },
            { key: "state", title: say("nominations.state"), cell: (row) => <StateTag state={row.state} /> },
            { key: "changed", title: say("nominations.changed"), cell: (row) => <Moment at={row.changed_at} /> },
          ]}
        />
      </section>
    </>
  );
}

export function StateTag({ state }: { state: string }) {
  const word = useWord();
  const urgent = state === "returned";
  return <Mark kind={urgent ? "warns" : "plain"}>{word("nomination_state", state)}</Mark>;
}

/** The calls that are open, each with the time left for one's unit, and the way to a new nomination. */
function Calls({ unit }: { unit?: string }) {
  const { say, of } = useSpeech();
  const { rows } = useCycles({ state: "open" });
  if (!rows) return null;
  return (
    <section className="part">
      <h2>{say("nominations.calls")}</h2>
      {rows.length === 0 && <p>{say("nominations.no_calls")}</p>}
      <ul className="cards">
        {rows.map((cycle) => (
          <li key={cycle.id} className="strip call">
            <Link to={`/awards/cycles/${cycle.slug}`}>{of(cycle.name)}</Link>
            <TimeLeft cycle={cycle.id} {...(unit && { unit })} />
            <Link className="action" to={`/awards/nominations/new?cycle=${cycle.slug}`}>
              {say("nominations.begin")}
              <span className="unseen"> {of(cycle.name)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
