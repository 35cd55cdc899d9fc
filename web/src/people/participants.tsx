/** Who takes part in one edition: in which roles, and what is not confirmed yet. */

import { Checkbox } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue, useMemo, useState } from "react";
import { Link } from "react-router";
import { useThisEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { useSessions } from "../schedule/queries";
import { useRoleNames } from "./roles";
import { type Participant, participantsOf, wantedOf } from "./rules";

const STEP = 50;

export function ParticipantsPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const roles = useRoleNames();
  const [filters, change] = useFilters(["q", "role", "open"]);
  const q = useDeferredValue(filters.q);
  const sessions = useSessions(edition.slug);
  const [shown, setShown] = useState(STEP);
  const people = useMemo(() => sessions.data && participantsOf(sessions.data.values()), [sessions.data]);
  const wanted = people && wantedOf(people, { ...filters, q });
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("people.here")}`}>
        <Files path="/api/events/people" filters={{ edition: edition.slug }} />
      </Heads>
      <div className="filters" role="search">
        <Search label={say("people.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        <OneOf
          aria-label={say("people.role")}
          none={say("people.any_role")}
          options={roles}
          value={filters.role}
          onChange={(role) => change({ role })}
        />
        <Checkbox
          checked={filters.open !== ""}
          onChange={({ target }) => change({ open: target.checked ? "yes" : "" })}
        >
          {say("people.open_only")}
        </Checkbox>
      </div>
      <Listing
        name={say("people.here")}
        list={{
          rows: wanted?.slice(0, shown),
          total: wanted?.length,
          error: sessions.error,
          more: wanted !== undefined && wanted.length > shown,
          asking: false,
          askMore: () => setShown(shown + STEP),
        }}
        keyOf={(person) => person.id}
        empty={say("people.nobody_here")}
        columns={[
          {
            key: "name",
            title: say("people.name"),
            cell: (person) => <Link to={`/editions/${edition.slug}/people/${person.id}`}>{of(person.name)}</Link>,
          },
          { key: "affiliation", title: say("people.affiliation"), cell: (person) => of(person.affiliation) },
          { key: "parts", title: say("people.parts"), cell: (person) => <Roles person={person} /> },
          {
            key: "open",
            title: say("people.confirmed"),
            cell: ({ open }) =>
              open ? <b className="warned">{say("people.open_count", { n: open })}</b> : say("people.all_confirmed"),
          },
        ]}
      />
    </>
  );
}

/** The roles of a person, each once, with how often it is theirs. */
function Roles({ person }: { person: Participant }) {
  const names = useRoleNames();
  const told = names.flatMap(([role, name]) => {
    const count = person.parts.filter((part) => part.role === role).length;
    return count ? [count > 1 ? `${name} ×${count}` : name] : [];
  });
  return told.join(" · ");
}
