/** A session where it stands. All that it takes is plain, so that it is drawn anew only where something of it changed. */

import { memo } from "react";
import { useSpeech } from "../frame/language";
import { spotOf } from "./spot";
import { clock, type Conflict, minutesOf, type Placement } from "./rules";

interface Props {
  placement: Placement;
  column: number;
  columns: number;
  room: string;
  day: string;
  from: number;
  scale: number;
  lane: number;
  lanes: number;
  title: string;
  level: Conflict["level"] | undefined;
  locked: boolean;
  selected: boolean;
  /** Who else is at it, by name and by initials. */
  others: string | undefined;
  initials: string | undefined;
  /** Whether it stands out, or back behind what does. */
  mark: "out" | "back" | undefined;
}

export const Block = memo(function Block(props: Props) {
  const { placement, title, room, scale, level, locked, selected, mark, others, initials } = props;
  const { say } = useSpeech();
  const start = minutesOf(placement.start_local, props.day);
  const from = clock(start);
  const until = clock(start + placement.duration_minutes);
  const lines = Math.max(1, Math.floor((placement.duration_minutes * scale - 8) / 16));
  const titled = Math.max(lines - 1, 1);
  const signs = [
    level && say(`level.${level}`),
    locked && say("schedule.locked"),
    mark === "out" && say("schedule.marked"),
    others && say("presence.on", { names: others }),
  ].filter(Boolean);
  return (
    <button
      type="button"
      className="block"
      data-session={placement.session_id}
      data-level={level}
      data-locked={locked || undefined}
      data-selected={selected || undefined}
      data-mark={mark}
      data-others={others && true}
      title={[say("schedule.block", { title, room, from, until }), ...signs].join(" · ")}
      style={spotOf(props, start, placement.duration_minutes)}
    >
      <span className="what" data-lines={titled} style={{ WebkitLineClamp: titled }}>
        {selected && (
          <>
            <span aria-hidden>✓ </span>
            <span className="unseen">{say("schedule.selected")} </span>
          </>
        )}
        {locked && <LockSign />}
        {title}
      </span>
      <span className="unseen">{room}</span>
      <span className={lines > 1 ? "when" : "unseen"}>
        {from}–{until} {signs.join(" ")}
      </span>
      {initials && (
        <span className="initials" aria-hidden>
          {initials}
        </span>
      )}
      {!locked && <span className="grip" data-grip />}
    </button>
  );
});

/** A lock as a drawing; what it stands for is said beside it. */
export function LockSign() {
  return (
    <svg className="lock" viewBox="0 0 12 14" aria-hidden>
      <path d="M3 6V4a3 3 0 0 1 6 0v2h1v7H2V6zm1.5 0h3V4a1.5 1.5 0 0 0-3 0z" fill="currentColor" />
    </svg>
  );
}
