/** Go anywhere by a few letters: screens, editions, people, and what the frame can do. */

import { Input, Modal } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useNavigate } from "react-router";
import { api, told } from "../api/client";
import { useSpeech } from "./language";
import { DIRECTORY, MAIN, OWN } from "./places";
import { useRights } from "./rights";

/** Something that can be chosen, and under what it is found. */
interface Entry {
  key: string;
  name: string;
  kind: string;
  choose: () => void;
}

/** What the frame can do, whatever screen is open. */
export interface Deed {
  name: string;
  act: () => void;
}

export function Palette({ deeds, onClose }: { deeds: readonly Deed[]; onClose: () => void }) {
  const { say } = useSpeech();
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const entries = useEntries(useDeferredValue(q.trim()), deeds);
  const chosen = Math.min(at, entries.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.choose();
  };
  const press = (key: string): boolean => {
    if (key === "ArrowDown") setAt((chosen + 1) % Math.max(entries.length, 1));
    else if (key === "ArrowUp") setAt((chosen - 1 + entries.length) % Math.max(entries.length, 1));
    else if (key === "Enter") choose(entries[chosen]);
    else return false;
    return true;
  };
  return (
    <Modal open title={say("palette.title")} footer={null} onCancel={onClose} className="palette">
      <Input
        role="combobox"
        aria-label={say("palette.title")}
        aria-expanded={entries.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={entries[chosen] && `${list}-${chosen}`}
        placeholder={say("palette.placeholder")}
        autoFocus
        value={q}
        onChange={({ target }) => {
          setQ(target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (!event.nativeEvent.isComposing && press(event.key)) event.preventDefault();
        }}
      />
      {entries.length === 0 && <p className="faint">{say("parts.none_found")}</p>}
      <ul id={list} role="listbox" aria-label={say("palette.found")}>
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => choose(entry)}
            onPointerMove={() => setAt(index)}
          >
            {entry.name} <small>{entry.kind}</small>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

const FEW = 6;

function useEntries(q: string, deeds: readonly Deed[]): readonly Entry[] {
  const { say, of } = useSpeech();
  const may = useRights();
  const go = useNavigate();
  const query = { limit: FEW, ...(q && { q }) };
  const editions = useQuery({
    queryKey: ["palette", "editions", q],
    queryFn: () => told(api.GET("/api/events/editions", { params: { query } })),
  });
  const people = useQuery({
    queryKey: ["palette", "people", q],
    queryFn: () => told(api.GET("/api/events/people", { params: { query } })),
    enabled: q !== "" && may("organizer"),
  });
  const organisations = useQuery({
    queryKey: ["palette", "organisations", q],
    queryFn: () => told(api.GET("/api/directory/organisations", { params: { query } })),
    enabled: q !== "",
  });
  const to = (address: string) => () => void go(address);
  const has = (name: string) => name.toLowerCase().includes(q.toLowerCase());
  const places = [...MAIN, ...DIRECTORY, ...OWN]
    .filter((place) => (!place.roles || may(...place.roles)) && has(say(place.name)))
    .map((place) => ({ key: place.to, name: say(place.name), kind: say("palette.screen"), choose: to(place.to) }));
  const found = (editions.data?.items ?? [])
    .filter((edition) => edition.inside)
    .map((edition) => ({
      key: edition.id,
      name: of(edition.name),
      kind: say("palette.edition"),
      choose: to(`/editions/${edition.slug}`),
    }));
  const others = (people.data?.items ?? []).map((person) => ({
    key: person.id,
    name: of(person.name),
    kind: say("palette.person"),
    choose: to(`/people/${person.id}`),
  }));
  const bodies = (organisations.data?.items ?? []).map((each) => ({
    key: each.id,
    name: of(each.name),
    kind: say("palette.organisation"),
    choose: to(`/organisations/${each.slug}`),
  }));
  const acts = deeds
    .filter((deed) => q && has(deed.name))
    .map((deed) => ({ key: deed.name, name: deed.name, kind: say("palette.deed"), choose: deed.act }));
  return [...places, ...found, ...others, ...bodies, ...acts].slice(0, 5 * FEW);
}
