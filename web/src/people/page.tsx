/** The people of the installation: who speaks, chairs and comes as a guest, in whichever edition. */

import { Button } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link, useNavigate } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwnerFilter } from "../frame/working";
import { OneOf } from "../parts/choice";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { PickEdition, PickOrganisation } from "../parts/picker";
import { usePeople } from "./queries";
import { useRoleNames } from "./roles";

export function PeoplePage() {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const may = useRights();
  const roles = useRoleNames();
  const [filters, change] = useFilters(["q", "owner", "edition", "role"], useOwnerFilter());
  const people = usePeople({ ...filters, q: useDeferredValue(filters.q) });
  return (
    <>
      <Heads title={say("people.title")}>
        <Files path="/api/events/people" filters={asked(filters)} />
        {may("organizer") && (
          <Button type="primary" onClick={() => void go("/people/new")}>
            {say("people.new")}
          </Button>
        )}
      </Heads>
      <div className="filters" role="search">
        <Search label={say("people.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <PickOrganisation
          aria-label={say("people.owner")}
          hint={say("people.owner")}
          value={filters.owner || null}
          onChange={(owner) => change({ owner: owner ?? "" })}
        />
        <PickEdition
          aria-label={say("people.edition")}
          hint={say("people.edition")}
          value={filters.edition || null}
          onChange={(edition) => change({ edition: edition ?? "" })}
        />
        <OneOf
          aria-label={say("people.role")}
          none={say("people.any_role")}
          options={roles}
          value={filters.role}
          onChange={(role) => change({ role })}
        />
      </div>
      <Listing
        name={say("people.title")}
        list={people}
        keyOf={(person) => person.id}
        empty={say("people.none")}
        columns={[
          {
            key: "name",
            title: say("people.name"),
            cell: (person) => <Link to={`/people/${person.id}`}>{of(person.name)}</Link>,
          },
          { key: "title", title: say("people.job"), cell: (person) => of(person.title) },
          { key: "affiliation", title: say("people.affiliation"), cell: (person) => of(person.affiliation) },
          { key: "email", title: say("people.email"), cell: (person) => person.email },
        ]}
      />
    </>
  );
}
