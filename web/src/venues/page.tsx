/** The venues of the installation. */

import { Button } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link, useNavigate } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwnerFilter } from "../frame/working";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { PickOrganisation } from "../parts/picker";
import { useVenues } from "./queries";

export function VenuesPage() {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const may = useRights();
  const [filters, change] = useFilters(["q", "owner"], useOwnerFilter());
  const venues = useVenues({ q: useDeferredValue(filters.q), owner: filters.owner });
  return (
    <>
      <Heads title={say("venues.title")}>
        <Files path="/api/events/venues" filters={asked(filters)} />
        {may("organizer") && (
          <Button type="primary" onClick={() => void go("/venues/new")}>
            {say("venues.new")}
          </Button>
        )}
      </Heads>
      <div className="filters" role="search">
        <Search label={say("venues.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <PickOrganisation
          aria-label={say("venues.owner")}
          hint={say("venues.owner")}
          value={filters.owner || null}
          onChange={(owner) => change({ owner: owner ?? "" })}
        />
      </div>
      <Listing
        name={say("venues.title")}
        list={venues}
        keyOf={(venue) => venue.id}
        empty={say("venues.none")}
        columns={[
          {
            key: "name",
            title: say("venues.name"),
            cell: (venue) => <Link to={`/venues/${venue.id}`}>{of(venue.name)}</Link>,
          },
          { key: "city", title: say("venues.city"), cell: (venue) => of(venue.city) },
          { key: "address", title: say("venues.address"), cell: (venue) => of(venue.address) },
          { key: "zone", title: say("venues.zone"), cell: (venue) => venue.zone },
        ]}
      />
    </>
  );
}
