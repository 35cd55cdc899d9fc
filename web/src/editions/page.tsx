/** The editions that one may see, the nearest first. */

import { Input, Tag } from "antd";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { type Key, useSpeech, words } from "../frame/language";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { type Edition, useEditions } from "./queries";

export function EditionsPage() {
  const { say, of, language } = useSpeech();
  const [filters, change] = useFilters(["q"]);
  const editions = useEditions(useDeferredValue(filters.q));
  return (
    <>
      <Heads title={say("editions.title")}>
        <Input
          aria-label={say("editions.search")}
          placeholder={say("editions.search")}
          type="search"
          style={{ maxWidth: 320 }}
          value={filters.q}
          onChange={({ target }) => change({ q: target.value })}
        />
      </Heads>
      <Listing
        name={say("editions.title")}
        list={editions}
        keyOf={(edition) => edition.id}
        empty={say("editions.none")}
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
          { key: "state", title: say("editions.state"), cell: (edition) => <EditionState edition={edition} /> },
        ]}
      />
    </>
  );
}

/** The days of an edition, or that it has none yet. */
export function Dates({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const days = [...new Set([edition.starts_on, edition.ends_on])].filter(Boolean).join(" – ");
  return days || say("editions.undated");
}

export function EditionState({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const state = `state.${edition.state}`;
  return <Tag>{state in words ? say(state as Key) : edition.state}</Tag>;
}
