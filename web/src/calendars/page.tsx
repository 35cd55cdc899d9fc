/** One's own calendars, and those that everybody may follow. */

import { Button, Empty, Segmented, Skeleton, Space, Tag } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { Failure } from "../frame/failures";
import { isKey, useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { Copied } from "../parts/once";
import { Address } from "./address";
import { type Feed, useFeedDeeds, useFeeds, usePublicTopics, useTopic } from "./queries";
import { addressOf, clientNamed, FOLDERS, FOLLOWED, type Followed, webcal } from "./rules";

export function CalendarsPage() {
  const { say } = useSpeech();
  return (
    <>
      <Heads title={say("calendars.title")}>
        <Link to="/calendars/new">{say("calendars.new")}</Link>
      </Heads>
      <h2>{say("calendars.mine")}</h2>
      <Mine />
      <h2>{say("calendars.public")}</h2>
      <Public />
    </>
  );
}

function Mine() {
  const { say } = useSpeech();
  const { data: feeds, error } = useFeeds();
  if (!feeds) return error ? <Failure error={error} /> : <Skeleton active />;
  if (feeds.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("calendars.none")}>
        <Link to="/calendars/new">{say("calendars.new")}</Link>
      </Empty>
    );
  }
  return (
    <ul className="cards">
      {feeds.map((feed) => (
        <Own key={feed.id} feed={feed} />
      ))}
    </ul>
  );
}

function Own({ feed }: { feed: Feed }) {
  const { say } = useSpeech();
  const { instant: moment } = useMoments();
  const deeds = useFeedDeeds();
  const client = clientNamed(feed.client);
  return (
    <li className="card">
      <div>
        <Link to={`/calendars/${feed.id}`}>{feed.name}</Link>
        <Contents feed={feed} />
        <span className="faint">
          {feed.fetched_at
            ? say(client ? "calendars.fetched_by" : "calendars.fetched", { at: moment(feed.fetched_at), client })
            : say("calendars.never_fetched")}
        </span>
      </div>
      <Space wrap>
        <Asking
          label={say("calendars.reset")}
          name={say("calendars.reset_of", { name: feed.name })}
          says={say("calendars.reset_says")}
          submit={say("calendars.reset")}
          send={() => deeds.reset(feed)}
          shows={({ url }) => <Address url={url} />}
        />
        <Asking
          label={say("calendars.revoke")}
          name={say("calendars.revoke_of", { name: feed.name })}
          says={say("calendars.revoke_says", { name: feed.name })}
          submit={say("calendars.revoke")}
          send={() => deeds.revoke(feed)}
        />
      </Space>
    </li>
  );
}

/** What stands in a feed, in a few words. */
function Contents({ feed }: { feed: Feed }) {
  const { say } = useSpeech();
  return (
    <div>
      {feed.topics.map((key) => (
        <TopicName key={key} topic={key} />
      ))}
      {feed.duties && <Tag>{say("calendars.duties")}</Tag>}
      {feed.entries.length > 0 && <Tag>{say("calendars.chosen", { n: feed.entries.length })}</Tag>}
      {feed.kinds.map((kind) => {
        const key = `date_kind.${kind}`;
        return <Tag key={kind}>{isKey(key) ? say(key) : kind}</Tag>;
      })}
    </div>
  );
}

function TopicName({ topic }: { topic: string }) {
  const { of } = useSpeech();
  const { data } = useTopic(topic);
  return <Tag color="blue">{of(data?.title) || "…"}</Tag>;
}

/** Feeds for everybody: of a series, an edition, or an organisation with all below it. */
function Public() {
  const { say, of, language } = useSpeech();
  const [filters, change] = useFilters(["kind", "q"]);
  const kind: Followed = FOLLOWED.find((each) => each === filters.kind) ?? "series";
  const list = usePublicTopics(kind, useDeferredValue(filters.q));
  return (
    <>
      <p>
        {say("calendars.public_says")} <a href={`/${language}/calendars`}>{say("calendars.public_page")}</a>
      </p>
      <div className="filters">
        <Segmented
          aria-label={say("calendars.of_what")}
          options={FOLLOWED.map((each) => ({ value: each, label: say(`topic_kind.${each}`) }))}
          value={kind}
          onChange={(chosen) => change({ kind: chosen })}
        />
        <Search label={say("calendars.search")} value={filters.q} onChange={(words) => change({ q: words })} />
      </div>
      <Listing
        name={say("calendars.public")}
        list={list}
        keyOf={(topic) => topic.key}
        empty={say("calendars.no_topics")}
        columns={[
          {
            key: "name",
            title: say("calendars.calendar"),
            cell: (topic) => <a href={`/${language}/calendars/${FOLDERS[kind]}/${topic.slug}`}>{of(topic.title)}</a>,
          },
          {
            key: "subscribe",
            title: say("calendars.subscribe"),
            cell: (topic) => (
              <Button
                href={webcal(addressOf(location.origin, kind, topic.slug))}
                aria-label={say("calendars.subscribe_to", { name: of(topic.title) })}
              >
                {say("calendars.add")}
              </Button>
            ),
          },
          {
            key: "address",
            title: say("calendars.address"),
            cell: (topic) => (
              <Copied
                label={say("calendars.address_of", { name: of(topic.title) })}
                value={addressOf(location.origin, kind, topic.slug)}
              />
            ),
          },
        ]}
      />
    </>
  );
}
