/** The programme of one edition as a table: found, filtered, edited in place or many at once. */

import { Button, Input } from "antd";
import { Search } from "../parts/search";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useThisEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { PickPerson } from "../parts/picker";
import { Bulk } from "./bulk";
import { ColumnChooser, useColumns, useShownColumns } from "./columns";
import { type Names, useNames } from "./names";
import { type Filters, FILTERS, useProgramme } from "./queries";
import "./programme.css";

const NONE: ReadonlySet<string> = new Set();

export function ProgrammePage() {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const edition = useThisEdition();
  const names = useNames(edition.slug);
  const [filters, change] = useFilters(FILTERS);
  const sessions = useProgramme(edition.slug, {
    ...filters,
    q: useDeferredValue(filters.q),
    tag: useDeferredValue(filters.tag),
  });
  const [shown, setShown] = useShownColumns();
  const columns = useColumns(edition.slug, shown, names);
  const [chosen, setChosen] = useState(NONE);
  const path = `/editions/${edition.slug}/programme`;
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("programme.title")}`}>
        <Files path={`/api/events/editions/${edition.slug}/sessions`} filters={asked(filters)} />
        <Link to={`${path}/tracks`}>{say("programme.tracks")}</Link>
        <Button type="primary" onClick={() => void go(`${path}/new`)}>
          {say("programme.new")}
        </Button>
      </Heads>
      <ProgrammeFilters filters={filters} change={change} names={names}>
        <ColumnChooser shown={shown} change={setShown} />
      </ProgrammeFilters>
      <Bulk
        edition={edition.slug}
        names={names}
        chosen={sessions.rows?.filter(({ id }) => chosen.has(id)) ?? []}
        keep={setChosen}
      />
      <p className="faint">{say("programme.help")}</p>
      <div className="programme" onKeyDown={travel}>
        <Listing
          name={say("programme.title")}
          list={sessions}
          keyOf={({ id }) => id}
          nameOf={({ title }) => of(title)}
          columns={columns}
          chosen={chosen}
          onChoose={setChosen}
          empty={say(Object.values(filters).some(Boolean) ? "programme.none_found" : "programme.none")}
        />
      </div>
    </>
  );
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Go from cell to cell by arrows. */
function travel(event: KeyboardEvent) {
  const step = STEPS[event.key];
  const { target } = event;
  if (!step || !(target instanceof HTMLElement) || !target.matches(".cell")) return;
  const row = target.closest("tr");
  const cells = [...(row?.querySelectorAll<HTMLElement>(".cell") ?? [])];
  const column = cells.indexOf(target) + step[1];
  const rows = [...(row?.parentElement?.children ?? [])];
  const next = rows[rows.findIndex((each) => each === row) + step[0]]?.querySelectorAll<HTMLElement>(".cell")[column];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface FiltersProps {
  filters: Filters;
  change: (changed: Partial<Filters>) => void;
  names: Names;
  children: React.ReactNode;
}

function ProgrammeFilters({ filters, change, names, children }: FiltersProps) {
  const { say } = useSpeech();
  const choice = (name: "kind" | "status" | "openness" | "track", label: string, options: Names["kind"]) => (
    <OneOf
      aria-label={label}
      none={say("programme.any", { what: label })}
      options={options}
      value={filters[name]}
      onChange={(value) => change({ [name]: value })}
    />
  );
  const languages = [
    ["zh", say("programme.missing_zh")],
    ["en", say("programme.missing_en")],
  ] as const;
  return (
    <div className="filters" role="search">
      <Search label={say("programme.search")} value={filters.q} onChange={(words) => change({ q: words })} />
      {choice("kind", say("programme.kind"), names.kind)}
      {choice("status", say("programme.status"), names.status)}
      {choice("track", say("programme.track"), names.track_id)}
      {choice("openness", say("programme.openness"), names.openness)}
      <OneOf
        aria-label={say("programme.missing")}
        none={say("programme.any", { what: say("programme.missing") })}
        options={languages}
        value={filters.missing}
        onChange={(missing) => change({ missing })}
      />
      <PickPerson
        aria-label={say("programme.person")}
        hint={say("programme.person")}
        value={filters.person || null}
        onChange={(person) => change({ person: person ?? "" })}
      />
      <Input
        aria-label={say("programme.tag")}
        placeholder={say("programme.tag")}
        style={{ maxWidth: 160 }}
        value={filters.tag}
        onChange={({ target }) => change({ tag: target.value })}
      />
      {children}
    </div>
  );
}
