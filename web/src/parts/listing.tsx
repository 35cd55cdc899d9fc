/** A list of the API as a table: a row each, chosen ones marked, more on demand, and a file of all of it. */

import { Button, Checkbox, Empty, Skeleton } from "antd";
import { type Dispatch, memo, type ReactNode, type SetStateAction } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import type { List } from "./lists";

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  /** What the rows are, for whoever cannot see the table. */
  name: string;
  list: List<T>;
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  /** What a row is called, where rows can be chosen. */
  nameOf?: (row: T) => string;
  /** What to say, and to do next, where there is none. */
  empty: ReactNode;
  chosen?: ReadonlySet<string>;
  onChoose?: Choose;
}

type Choose = Dispatch<SetStateAction<ReadonlySet<string>>>;

function withChosen(keys: readonly string[], wanted: boolean) {
  return (before: ReadonlySet<string>) =>
    wanted ? new Set([...before, ...keys]) : new Set([...before].filter((key) => !keys.includes(key)));
}

export function Listing<T>({ name, list, columns, keyOf, nameOf, empty, chosen, onChoose }: Props<T>) {
  const { say } = useSpeech();
  const { rows, total, error } = list;
  if (error && !rows) return <Failure error={error} />;
  if (!rows) return <Skeleton active />;
  if (rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />;
  const all = rows.map(keyOf);
  return (
    <>
      <div className="wide" role="region" aria-label={name} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {chosen && (
                <th className="choice" aria-label={say("parts.choice")}>
                  <Checkbox
                    aria-label={say("parts.choose_all")}
                    checked={all.every((key) => chosen.has(key))}
                    onChange={({ target }) => onChoose?.(withChosen(all, target.checked))}
                  />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.key} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const key = keyOf(row);
              return (
                <Line
                  key={key}
                  id={key}
                  row={row}
                  columns={columns}
                  name={chosen && (nameOf?.(row) ?? key)}
                  chosen={chosen?.has(key) ?? false}
                  choose={onChoose}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      {error ? <Failure error={error} /> : null}
      <p className="below">
        {total !== undefined && <span className="faint">{say("parts.shown", { shown: rows.length, total })}</span>}
        {list.more && (
          <Button onClick={list.askMore} loading={list.asking}>
            {say("parts.more")}
          </Button>
        )}
      </p>
    </>
  );
}

interface LineProps<T> {
  id: string;
  row: T;
  columns: readonly Column<T>[];
  /** What it is called, where it can be chosen. */
  name: string | undefined;
  chosen: boolean;
  choose: Choose | undefined;
}

function LineOf<T>({ id, row, columns, name, chosen, choose }: LineProps<T>) {
  const { say } = useSpeech();
  return (
    <tr data-row={id}>
      {name !== undefined && (
        <td className="choice">
          <Checkbox
            aria-label={say("parts.choose", { name })}
            checked={chosen}
            onChange={({ target }) => choose?.(withChosen([id], target.checked))}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key}>{column.cell(row)}</td>
      ))}
    </tr>
  );
}

/** A row, drawn again only where something of it has changed: lists grow long. */
const Line = memo(LineOf) as typeof LineOf;

/** Links to a whole list as files, under the filters that are set. */
export function Files({ path, filters = {} }: { path: string; filters?: Record<string, string> }) {
  const { say } = useSpeech();
  const address = (format: string) => `${path}?${new URLSearchParams({ ...filters, format }).toString()}`;
  return (
    <span className="files">
      <a href={address("xlsx")} download>
        {say("parts.xlsx")}
      </a>
      <a href={address("csv")} download>
        {say("parts.csv")}
      </a>
    </span>
  );
}
