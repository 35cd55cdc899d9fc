/** What has no place yet, to be taken from here onto the board, and put back. */

import { Input } from "antd";
import { useState } from "react";
import { useSpeech } from "../frame/language";
import { type Carrying, useCarried } from "./carrying";
import { type Hands, USUAL } from "./hands";
import type { Schedule } from "./rules";

interface Props {
  tray: Schedule["tray"];
  titles: (session: string) => string;
  carrying: Carrying;
  hands: Hands;
}

export function Tray({ tray, titles, carrying, hands }: Props) {
  const { say } = useSpeech();
  const [search, setSearch] = useState("");
  const carried = useCarried(carrying);
  const found = tray.filter((each) => titles(each.session_id).toLowerCase().includes(search.toLowerCase()));
  return (
    <section className="tray" data-tray data-over={carried !== null && carried.to === null} aria-label={say("schedule.tray")} tabIndex={0}>
      <h2>
        {say("schedule.tray")} <b>{tray.length}</b>
      </h2>
      {tray.length > 0 && (
        <Input
          aria-label={say("schedule.tray_search")}
          placeholder={say("schedule.tray_search")}
          type="search"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <p className="faint">{tray.length ? say("schedule.tray_drop") : say("schedule.tray_empty")}</p>
      {found.map((each) => (
        <button
          key={each.session_id}
          type="button"
          className="waiting"
          data-session={each.session_id}
          {...hands(each.session_id, null, true, each.duration_minutes)}
        >
          <span className="what">{titles(each.session_id)}</span>
          <span className="when">{say("schedule.minutes", { n: each.duration_minutes ?? USUAL })}</span>
        </button>
      ))}
    </section>
  );
}
