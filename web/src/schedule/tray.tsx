/** What has no place yet, to be taken from here onto the board, and put back. */

import { Button, Select } from "antd";
import type { There } from "../presence/names";
import { Search } from "../parts/search";
import { memo, useState, useSyncExternalStore } from "react";
import { useSpeech } from "../frame/language";
import type { Carrying } from "./carrying";
import { isKind } from "../programme/rules";
import { USUAL } from "./reach";
import type { Session } from "./queries";
import type { Schedule } from "./rules";

interface Props {
  tray: Schedule["tray"];
  sessions: ReadonlyMap<string, Session> | undefined;
  tracks: readonly { value: string; label: string }[];
  carrying: Carrying;
  /** Who else is at which session. */
  others: ReadonlyMap<string, There>;
  onPaste: () => void;
}

export const Tray = memo(function Tray({ tray, sessions, tracks, carrying, others, onPaste }: Props) {
  const { say, of } = useSpeech();
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState<string>();
  const [track, setTrack] = useState<string>();
  const over = useSyncExternalStore(carrying.subscribe, carrying.isOverTray);
  const kinds = [...new Set(tray.map((each) => sessions?.get(each.session_id)?.kind))].filter(isKind);
  const found = tray.filter(({ session_id: id, title }) => {
    const session = sessions?.get(id);
    const named = of(title).toLowerCase().includes(search.toLowerCase());
    return named && (!kind || session?.kind === kind) && (!track || session?.track_id === track);
  });
  const filtered = found.length < tray.length;
  return (
    <section className="tray" data-tray data-over={over} aria-label={say("schedule.tray")} tabIndex={0}>
      <div className="line">
        <h2>
          {say("schedule.tray")} <b>{filtered ? `${found.length}/${tray.length}` : tray.length}</b>
        </h2>
        <Button size="small" onClick={onPaste}>
          {say("paste.open")}
        </Button>
      </div>
      {tray.length > 0 && (
        <div className="filters">
          <Search label={say("schedule.tray_search")} value={search} onChange={setSearch} />
          <Select
            allowClear
            aria-label={say("schedule.kind")}
            placeholder={say("schedule.kind")}
            value={kind}
            onChange={setKind}
            options={kinds.map((each) => ({ value: each, label: say(`kindof.${each}`) }))}
          />
          {tracks.length > 0 && (
            <Select
              allowClear
              aria-label={say("schedule.track")}
              placeholder={say("schedule.track")}
              value={track}
              onChange={setTrack}
              options={[...tracks]}
            />
          )}
        </div>
      )}
      <p className="faint">
        {say(tray.length === 0 ? "schedule.tray_empty" : found.length ? "schedule.tray_drop" : "schedule.none_found")}
      </p>
      {found.map((each) => {
        const present = others.get(each.session_id);
        const said = present && say("presence.on", { names: present.names });
        return (
          <button
            key={each.session_id}
            type="button"
            className="waiting"
            data-session={each.session_id}
            data-others={present && true}
            title={said}
          >
            <span className="what">{of(each.title)}</span>
            <span className="when">{say("schedule.minutes", { n: each.duration_minutes ?? USUAL })}</span>
            {present && (
              <>
                <span className="unseen">{said}</span>
                <span className="initials" aria-hidden>
                  {present.initials}
                </span>
              </>
            )}
          </button>
        );
      })}
    </section>
  );
});
