/** The tree of active organisations, each branch asked for when it is opened; by mouse, and by the keys of ARIA's tree. */

import { Skeleton } from "antd";
import { type KeyboardEvent, useState } from "react";
import { Link } from "react-router";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useBelow, useRoot } from "./queries";
import { type Line, type Organisation, step } from "./rules";

interface Held {
  open: ReadonlySet<string>;
  /** The item that Tab comes to. */
  at: string;
  turn: (id: string, open: boolean) => void;
}

export function Tree() {
  const { say } = useSpeech();
  const root = useRoot();
  const [opened, setOpened] = useState<ReadonlySet<string>>();
  const [chosen, setChosen] = useState<string>();
  if (!root.data) return root.error ? <Failure error={root.error} /> : <Skeleton active />;
  const open = opened ?? new Set([root.data.id]);
  const turn = (id: string, wanted: boolean) => {
    const after = new Set(open);
    if (wanted) after.add(id);
    else after.delete(id);
    setOpened(after);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=treeitem]")];
    const at = itemOf(event.target);
    if (!at) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      at.querySelector("a")?.click();
      return;
    }
    const taken = step(items.map(lineOf), at.id, event.key);
    if (!taken) return;
    event.preventDefault();
    if ("open" in taken) turn(taken.open, true);
    else if ("close" in taken) turn(taken.close, false);
    else items.find((item) => item.id === taken.to)?.focus();
  };
  return (
    <ul
      role="tree"
      className="tree"
      aria-label={say("organisations.tree")}
      onKeyDown={press}
      onFocus={({ target }) => setChosen(itemOf(target)?.id)}
    >
      <Branch each={root.data} held={{ open, at: chosen ?? root.data.id, turn }} />
    </ul>
  );
}

function itemOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[role=treeitem]") : null;
}

function lineOf(item: HTMLElement): Line {
  return {
    id: item.id,
    parent: item.parentElement?.closest("[role=treeitem]")?.id ?? null,
    opens: item.hasAttribute("aria-expanded"),
    open: item.getAttribute("aria-expanded") === "true",
  };
}

function Branch({ each, held }: { each: Organisation; held: Held }) {
  const { say, of } = useSpeech();
  const opens = each.below > 0;
  const open = opens && held.open.has(each.id);
  const below = useBelow(each.id, open);
  return (
    <li
      role="treeitem"
      id={each.id}
      aria-label={of(each.name)}
      aria-expanded={opens ? open : undefined}
      tabIndex={held.at === each.id ? 0 : -1}
    >
      <span className="line">
        <span className="twig" aria-hidden="true" onClick={() => opens && held.turn(each.id, !open)}>
          {opens && (open ? "▾" : "▸")}
        </span>
        <Link to={`/organisations/${each.slug}`} tabIndex={-1}>
          {of(each.name)}
        </Link>
        <span className="faint">
          {say(`kind_of.${each.kind}`)}
          {opens && ` · ${say("organisations.below_count", { n: each.below })}`}
        </span>
      </span>
      {open && below.isPending && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      {open && below.error && <Failure error={below.error} />}
      {open && below.data && (
        <ul role="group">
          {below.data.map((child) => (
            <Branch key={child.id} each={child} held={held} />
          ))}
        </ul>
      )}
    </li>
  );
}
