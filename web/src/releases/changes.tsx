/** Changes in words, by what became of each session. */

import { Button, Tag } from "antd";
import { useState } from "react";
import { useSpeech } from "../frame/language";
import type { Change } from "./queries";
import { byKind, CHANGE_KINDS, type ChangeKind } from "./rules";
import "./releases.css";

const FIRST = 50;

/** How many sessions were added, moved, cancelled, changed; kinds without any are left out. */
export function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { say } = useSpeech();
  const found = CHANGE_KINDS.filter((kind) => counts[kind]);
  if (found.length === 0) return say("change.none");
  return (
    <span className="counts">
      {found.map((kind) => (
        <Tag key={kind}>
          {say(`change.${kind}`)} {counts[kind]}
        </Tag>
      ))}
    </span>
  );
}

export function Changes({ changes }: { changes: readonly Change[] }) {
  const { say } = useSpeech();
  if (changes.length === 0) return <p>{say("change.none")}</p>;
  return byKind(changes).map(([kind, of]) => <OfKind key={kind} kind={kind} changes={of} />);
}

function OfKind({ kind, changes }: { kind: ChangeKind; changes: readonly Change[] }) {
  const { say, of } = useSpeech();
  const [all, setAll] = useState(false);
  return (
    <section className="changes" data-kind={kind}>
      <h3>
        {say(`change.${kind}`)} <span className="faint">{changes.length}</span>
      </h3>
      <ul>
        {(all ? changes : changes.slice(0, FIRST)).map((each) => (
          <li key={each.session_id}>{of(each.message)}</li>
        ))}
      </ul>
      {!all && changes.length > FIRST && (
        <Button onClick={() => setAll(true)}>{say("change.show_all", { n: changes.length })}</Button>
      )}
    </section>
  );
}
