import { Button, Empty, Input, Skeleton, Tag } from "antd";
import { useDeferredValue } from "react";
import { Link, useSearchParams } from "react-router";
import { Failure } from "../frame/failures";
import { type Key, useSpeech, words } from "../frame/language";
import { type Edition, useEditions } from "./queries";

export function EditionsPage() {
  const { say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const editions = useEditions(useDeferredValue(q));
  const rows = editions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="heads">
        <h1>{say("editions.title")}</h1>
        <Input
          aria-label={say("editions.search")}
          placeholder={say("editions.search")}
          type="search"
          style={{ maxWidth: 320 }}
          value={q}
          onChange={({ target }) => setSearch(target.value ? { q: target.value } : {}, { replace: true })}
        />
      </div>
      {editions.error && <Failure error={editions.error} />}
      {editions.isPending && <Skeleton active />}
      {editions.data && rows.length === 0 && <Empty description={say("editions.none")} />}
      {rows.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>{say("editions.name")}</th>
              <th>{say("editions.dates")}</th>
              <th>{say("editions.state")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((edition) => (
              <Row key={edition.id} edition={edition} />
            ))}
          </tbody>
        </table>
      )}
      {editions.hasNextPage && (
        <Button onClick={() => void editions.fetchNextPage()} loading={editions.isFetchingNextPage}>
          {say("editions.more")}
        </Button>
      )}
    </>
  );
}

function Row({ edition }: { edition: Edition }) {
  const { say, of, language } = useSpeech();
  const state = `state.${edition.state}`;
  const dates = [...new Set([edition.starts_on, edition.ends_on])].filter(Boolean).join(" – ");
  return (
    <tr>
      <td>
        {edition.inside ? (
          <Link to={`/editions/${edition.slug}/schedule`}>{of(edition.name)}</Link>
        ) : (
          <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{of(edition.name)}</a>
        )}
      </td>
      <td>{dates || say("editions.undated")}</td>
      <td>
        <Tag>{state in words ? say(state as Key) : edition.state}</Tag>
      </td>
    </tr>
  );
}
