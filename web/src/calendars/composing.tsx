/** A feed of one's own: what it shows, chosen by topic and kind; a new one's address is shown once. */

import { Checkbox, Form, Input, Select, Skeleton } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { Failure, Missing } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickSeveral, type SeveralProps } from "../parts/picker";
import { Address } from "./address";
import { type Feed, findTopics, getTopic, type Made, type Topic, useFeedDeeds, useFeeds } from "./queries";
import { DATE_KINDS, kindOf, REMINDERS } from "./rules";

type Entered = Pick<Feed, "name" | "language" | "topics" | "kinds" | "duties" | "bar" | "reminders">;

export function NewFeedPage() {
  const { say } = useSpeech();
  const { compose } = useFeedDeeds();
  const [made, setMade] = useState<Made>();
  if (made) {
    return (
      <>
        <Heads title={made.name} />
        <Address url={made.url} />
        <Link className="onward" to="/calendars">
          {say("calendars.back")}
        </Link>
      </>
    );
  }
  return (
    <>
      <Heads title={say("calendars.new")} />
      <Entry<Entered>
        start={{ language: "both", topics: [], kinds: [], duties: false, bar: false, reminders: "" }}
        submit={say("calendars.compose")}
        send={async (values) => setMade(await compose(values))}
      >
        <Fields />
      </Entry>
    </>
  );
}

export function FeedPage() {
  const { feed: id } = useParams();
  const { data: feeds, error } = useFeeds();
  if (!feeds) return error ? <Failure error={error} /> : <Skeleton active />;
  const feed = feeds.find((each) => each.id === id);
  return feed ? <Changing feed={feed} /> : <Missing />;
}

function Changing({ feed }: { feed: Feed }) {
  const { say } = useSpeech();
  const go = useNavigate();
  const { change } = useFeedDeeds();
  return (
    <>
      <Heads title={feed.name} />
      <p>{say("calendars.change_says")}</p>
      <Entry<Entered>
        start={feed}
        send={async (values) => {
          await change(feed, values);
          await go("/calendars");
        }}
      >
        <Fields own={feed.reminders} />
      </Entry>
    </>
  );
}

/** The fields; a reminder that was `own` before is offered, too. */
function Fields({ own = "" }: { own?: string }) {
  const { say } = useSpeech();
  const reminders = [...new Set<string>([...REMINDERS, own])];
  const words = (reminder: string) => {
    const known = REMINDERS.find((each) => each === reminder);
    return known === undefined ? reminder : say(`reminder.${known || "none"}`);
  };
  return (
    <>
      <Form.Item
        name="name"
        label={say("calendars.name")}
        rules={[{ required: true, message: say("signin.required") }]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="topics" label={say("calendars.topics")} extra={say("calendars.topics_says")}>
        <PickTopics />
      </Form.Item>
      <Form.Item name="kinds" label={say("calendars.kinds")} extra={say("calendars.kinds_says")}>
        <Select
          mode="multiple"
          options={DATE_KINDS.map((kind) => ({ value: kind, label: say(`date_kind.${kind}`) }))}
        />
      </Form.Item>
      <Form.Item name="duties" valuePropName="checked">
        <Checkbox>{say("calendars.duties_too")}</Checkbox>
      </Form.Item>
      <Form.Item name="bar" valuePropName="checked">
        <Checkbox>{say("calendars.bar")}</Checkbox>
      </Form.Item>
      <div className="both">
        <Form.Item name="language" label={say("calendars.language")}>
          <Select
            options={(["both", "zh", "en"] as const).map((each) => ({
              value: each,
              label: say(`feed_language.${each}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="reminders" label={say("calendars.reminders")}>
          <Select options={reminders.map((each) => ({ value: each, label: words(each) }))} />
        </Form.Item>
      </div>
    </>
  );
}

/** Topics by name, each with what sort of thing it is. */
function PickTopics(props: SeveralProps) {
  const { say, of, language } = useSpeech();
  const choice = ({ key, title }: Topic) => {
    const kind = kindOf(key);
    const name = kind ? `${of(title)} · ${say(`topic_kind.${kind}`)}` : of(title);
    return { id: key, name: { zh: name, en: name } };
  };
  const source = {
    kind: `topic-${language}`,
    find: async (q: string) => (await findTopics(q)).map(choice),
    get: async (key: string) => choice(await getTopic(key)),
  };
  return <PickSeveral source={source} {...props} />;
}
