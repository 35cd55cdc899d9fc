/** The columns of the programme's table: those that are edited in place, those that only tell; and which are shown. */

import { Checkbox } from "antd";
import { useMemo, useState } from "react";
import { Link, useLocation } from "react-router";
import { type Key, useSpeech } from "../frame/language";
import { Menu } from "../frame/menu";
import type { Column } from "../parts/listing";
import { Cell } from "./cell";
import { CELL_NAMES, type Names, optionsOf } from "./names";
import { CELLS, type Session } from "./rules";

const TOLD = { people: "programme.people", tags: "programme.tags", position: "programme.position" } as const;
const NAMES: Record<string, Key> = { ...CELL_NAMES, ...TOLD };
const AT_FIRST = [...CELLS, "people"];
const KEPT = "huitang.programme.columns";

function kept(): string[] {
  const names = localStorage
    .getItem(KEPT)
    ?.split(",")
    .filter((name) => name in NAMES);
  return names?.length ? names : AT_FIRST;
}

/** Return which columns are shown on this device, and how to change that. */
export function useShownColumns(): [readonly string[], (names: string[]) => void] {
  const [shown, setShown] = useState(kept);
  const change = (names: string[]) => {
    localStorage.setItem(KEPT, names.join(","));
    setShown(names);
  };
  return [shown, change];
}

interface ChooserProps {
  shown: readonly string[];
  change: (names: string[]) => void;
}

export function ColumnChooser({ shown, change }: ChooserProps) {
  const { say } = useSpeech();
  return (
    <Menu label={say("programme.columns")}>
      {Object.entries(NAMES).map(([name, key]) => (
        <Checkbox
          key={name}
          checked={shown.includes(name)}
          disabled={shown.length === 1 && shown.includes(name)}
          onChange={({ target }) => change(target.checked ? [...shown, name] : shown.filter((each) => each !== name))}
        >
          {say(key)}
        </Checkbox>
      ))}
    </Menu>
  );
}

/** Return the shown columns; the same ones until something of them changes, so that rows are not drawn in vain. */
export function useColumns(edition: string, shown: readonly string[], names: Names): Column<Session>[] {
  const { say, of } = useSpeech();
  const { search } = useLocation();
  return useMemo(() => {
    const cells = CELLS.map((name): Column<Session> => {
      const label = say(CELL_NAMES[name]);
      const options = optionsOf(names, name);
      return {
        key: name,
        title: label,
        cell: (session) => <Cell edition={edition} session={session} name={name} label={label} options={options} />,
      };
    });
    const told: Column<Session>[] = [
      {
        key: "people",
        title: say("programme.people"),
        cell: ({ people }) => [...new Set(people.map(({ name }) => of(name)))].join(say("programme.comma")),
      },
      { key: "tags", title: say("programme.tags"), cell: ({ tags }) => tags.join(say("programme.comma")) },
      { key: "position", title: say("programme.position"), cell: ({ position }) => position },
    ];
    const ways: Column<Session> = {
      key: "open",
      title: say("programme.session"),
      cell: (session) => (
        <Link
          to={`/editions/${edition}/programme/${session.id}${search}`}
          aria-label={say("programme.open_named", { title: of(session.title) })}
        >
          {say("programme.open")}
        </Link>
      ),
    };
    return [ways, ...[...cells, ...told].filter((column) => shown.includes(column.key))];
  }, [edition, shown, names, search, say, of]);
}
