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
      <Branch each={root.data} level={1} held={{ open, at: chosen ?? root.data.id, turn }} />
    </ul>
  );
}

function itemOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[role=treeitem]") : null;
}

function lineOf(item: HTMLElement): Line {
  return {
    id: item.id,
    parent: item.dataset.parent ?? null,
    opens: item.hasAttribute("aria-expanded"),
    open: item.getAttribute("aria-expanded") === "true",
  };
}

/** A line of the tree and, where it is open, those below it; the tree is flat, its levels are told. */
function Branch({ each, level, held }: { each: Organisation; level: number; held: Held }) {
  const { say, of } = useSpeech();
  const opens = each.below > 0;
  const open = opens && held.open.has(each.id);
  const below = useBelow(each.id, open);
  const inset = { paddingLeft: (level - 1) * 22 + 4 };
  return (
    <>
      <li
        role="treeitem"
        id={each.id}
        data-parent={each.parent_id ?? undefined}
        aria-level={level}
        aria-expanded={opens ? open : undefined}
        tabIndex={held.at === each.id ? 0 : -1}
        style={inset}
      >
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
      </li>
      {open && !below.data && (
        <li role="none" style={inset}>
          {below.error ? <Failure error={below.error} /> : <Skeleton active title={false} />}
        </li>
      )}
      {open && below.data?.map((child) => <Branch key={child.id} each={child} level={level + 1} held={held} />)}
    </>
  );
}
