/** What others have changed in the editions that one works on, since this page was opened: heard live, and kept nowhere. */

import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useOwnEditions } from "../editions/queries";
import { Who } from "../parts/who";
import { hear } from "./hearing";
import { useSpeech } from "./language";
import { Menu } from "./menu";
import { countOf, leadsTo, type News, withChange } from "./news";
import { useMe } from "./queries";

export function Notifications() {
  const { say } = useSpeech();
  const me = useMe().data?.id;
  const editions = useOwnEditions().data;
  const [news, setNews] = useState<readonly News[]>([]);
  const [read, setRead] = useState(0);
  const [heard, setHeard] = useState(false);
  const minded = editions?.map(({ id }) => id).join(" ");
  useEffect(() => {
    if (!minded) return;
    return hear({
      editions: minded.split(" "),
      change: (change) => {
        if (change.by && change.by !== me) setNews((old) => withChange(old, change, Date.now()));
      },
      heard: setHeard,
    });
  }, [minded, me]);
  const count = countOf(news);
  const unread = count - read;
  return (
    <Menu
      label={
        <span className="bell" data-heard={heard}>
          <Bell />
          {unread > 0 && <b>{unread > 99 ? "99+" : unread}</b>}
        </span>
      }
      name={say("news.bell", { count: unread })}
    >
      <List news={news} onRead={() => setRead(count)} />
    </Menu>
  );
}

function List({ news, onRead }: { news: readonly News[]; onRead: () => void }) {
  const { say, of, language } = useSpeech();
  const editions = useOwnEditions().data;
  useEffect(onRead);
  const clock = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeStyle: "short" });
  if (news.length === 0) return <p className="news">{say("news.none")}</p>;
  return (
    <ul className="news" aria-label={say("news.title")}>
      {news.map((each) => {
        const edition = editions?.find(({ id }) => id === each.edition);
        const { size } = each.changes;
        return (
          <li key={each.key}>
            <Link to={`/editions/${edition?.slug ?? each.edition}${leadsTo(each)}`}>
              {of(edition?.name)} · {say(`news.${each.part}`)}
            </Link>
            <small>
              {say("news.by")}
              <Who account={each.by} /> · {size === 1 ? say("news.once") : say("news.times", { count: size })} ·{" "}
              {clock.format(each.at)}
            </small>
          </li>
        );
      })}
    </ul>
  );
}

function Bell() {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      <path
        d="M2.5 12h11c-1-1-1.5-2-1.5-4.5a4 4 0 0 0-8 0C4 10 3.5 11 2.5 12ZM6.5 14h3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
