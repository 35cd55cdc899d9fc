/** The series of the association: found, filtered, taken along as a file. */

import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwnerFilter } from "../frame/working";
import { Choose } from "../parts/choose";
import { useWord } from "../parts/word";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { PickSeries } from "./pick";
import { useSeriesList } from "./queries";
import { KINDS } from "./rules";

export function SeriesPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const may = useRights();
  const [filters, change] = useFilters(["q", "kind", "owner", "umbrella"], useOwnerFilter());
  const list = useSeriesList(useDeferredValue(filters));
  return (
    <>
      <Heads title={say("series.title")}>
        <Files path="/api/events/series" filters={asked(filters)} />
        {may("organizer") && (
          <Link className="action" to="/series/new">
            {say("series.new")}
          </Link>
        )}
      </Heads>
      <div className="filters">
        <Search label={say("series.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <Choose
          label={say("series.field.kind")}
          value={filters.kind}
          choices={KINDS.map((kind) => ({ value: kind, label: word("kind", kind) }))}
          onChange={(kind) => change({ kind })}
        />
        <ByOrganisation
          label={say("series.field.owner")}
          value={filters.owner}
          onChange={(owner) => change({ owner })}
        />
        <label>
          {say("series.field.umbrella_id")}
          <PickSeries
            aria-label={say("series.field.umbrella_id")}
            value={filters.umbrella || null}
            onChange={(id) => change({ umbrella: id ?? "" })}
          />
        </label>
      </div>
      <Listing
        name={say("series.title")}
        list={list}
        keyOf={(series) => series.id}
        empty={say("series.none")}
        columns={[
          {
            key: "name",
            title: say("series.field.name"),
            cell: (series) => <Link to={`/series/${series.slug}`}>{of(series.name)}</Link>,
          },
          { key: "kind", title: say("series.field.kind"), cell: (series) => word("kind", series.kind) },
          {
            key: "cadence",
            title: say("series.field.cadence"),
            cell: (series) => series.cadence && word("cadence", series.cadence),
          },
          { key: "slug", title: say("series.field.slug"), cell: (series) => series.slug },
        ]}
      />
    </>
  );
}
