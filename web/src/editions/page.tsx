/** The editions that one may see, the nearest first. */

import { Input } from "antd";
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
import { KINDS } from "../series/rules";
import { type EditionFilters, useEditions } from "./queries";
import { STANDINGS, STATES } from "./rules";
import { Dates, EditionState } from "./shown";

const SORTS = ["date", "-date", "slug", "newest"] as const;

export function EditionsPage() {
  const { say, of, language } = useSpeech();
  const word = useWord();
  const may = useRights();
  const [filters, change] = useFilters(
    ["q", "state", "standing", "kind", "owner", "from_on", "until_on", "sort"],
    useOwnerFilter(),
  );
  const wanted = asked(filters) as EditionFilters;
  const editions = useEditions(useDeferredValue(wanted));
  const choices = (family: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(family, value) }));
  return (
    <>
      <Heads title={say("editions.title")}>
        <Files path="/api/events/editions" filters={asked(filters)} />
        {may("organizer") && (
          <>
            <Link to="/import">{say("editions.from_file")}</Link>
            <Link className="action" to="/editions/new">
              {say("editions.new")}
            </Link>
          </>
        )}
      </Heads>
      <div className="filters">
        <Search label={say("editions.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <Choose
          label={say("editions.state")}
          value={filters.state}
          choices={choices("state", STATES)}
          onChange={(state) => change({ state })}
        />
        <Choose
          label={say("editions.standing")}
          value={filters.standing}
          choices={choices("standing", STANDINGS)}
          onChange={(standing) => change({ standing })}
        />
        <Choose
          label={say("series.field.kind")}
          value={filters.kind}
          choices={choices("kind", KINDS)}
          onChange={(kind) => change({ kind })}
        />
        <Choose
          label={say("editions.sort")}
          value={filters.sort}
          choices={SORTS.map((value) => ({ value, label: word("sort", value) }))}
          onChange={(sort) => change({ sort })}
        />
        <label>
          {say("editions.from")}
          <Input type="date" value={filters.from_on} onChange={({ target }) => change({ from_on: target.value })} />
        </label>
        <label>
          {say("editions.until")}
          <Input type="date" value={filters.until_on} onChange={({ target }) => change({ until_on: target.value })} />
        </label>
        <ByOrganisation
          label={say("series.field.owner")}
          value={filters.owner}
          onChange={(owner) => change({ owner })}
        />
      </div>
      <Listing
        name={say("editions.title")}
        list={editions}
        keyOf={(edition) => edition.id}
        empty={say(Object.keys(wanted).length > 0 ? "editions.none" : "editions.none_yet")}
        columns={[
          {
            key: "name",
            title: say("editions.name"),
            cell: (edition) =>
              edition.inside ? (
                <Link to={`/editions/${edition.slug}`}>{of(edition.name)}</Link>
              ) : (
                <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{of(edition.name)}</a>
              ),
          },
          { key: "dates", title: say("editions.dates"), cell: (edition) => <Dates edition={edition} /> },
          { key: "city", title: say("edition.field.city"), cell: (edition) => of(edition.city) },
          { key: "state", title: say("editions.state"), cell: (edition) => <EditionState edition={edition} /> },
        ]}
      />
    </>
  );
}
