/** What stands against the draft, by kind, gravest first; each leads to where it is. */

import { Empty, Skeleton } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";

interface Props {
  conflicts: Schemas["ConflictsOut"] | undefined;
  onTravel: (session: string) => void;
}

export function Conflicts({ conflicts, onTravel }: Props) {
  const { say, of } = useSpeech();
  const kinds = conflicts?.kinds.filter((kind) => kind.count > 0) ?? [];
  return (
    <section className="conflicts" aria-label={say("schedule.conflicts")} tabIndex={0}>
      <h2>{say("schedule.conflicts")}</h2>
      {!conflicts && <Skeleton active />}
      {conflicts && kinds.length === 0 && <Empty description={say("schedule.no_conflicts")} />}
      {conflicts && kinds.length > 0 && (
        <p className="faint">{say("schedule.accepted_too", { count: conflicts.count, blocking: conflicts.blocking })}</p>
      )}
      {kinds.map((kind) => (
        <details key={kind.kind} open={kind.level === "block"} data-level={kind.level}>
          <summary>
            {say(`kind.${kind.kind}`)} <b>{kind.count}</b> <small>{say(`level.${kind.level}`)}</small>
          </summary>
          <ul>
            {kind.conflicts.map((each) => (
              <li key={each.key}>
                <button type="button" onClick={() => each.sessions[0] && onTravel(each.sessions[0])}>
                  {of(each.message)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
