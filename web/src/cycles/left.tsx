/** How much time is left until a deadline, by the server's clock, and when it is. */

import { useEffect, useState } from "react";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { useDeadlines } from "./queries";
import { leftUntil } from "./rules";
import "./cycles.css";

interface Props {
  cycle: string;
  /** Whose deadlines: a unit's, and one nomination's of it; those announced, where none is named. */
  unit?: string;
  nomination?: string;
}

export function TimeLeft({ cycle, unit, nomination }: Props) {
  const { say, of } = useSpeech();
  const word = useWord();
  const { data } = useDeadlines(cycle, unit, nomination);
  const now = useNow(data?.ahead ?? 0);
  if (!data || data.deadlines.length === 0) return null;
  return (
    <ul className="left">
      {data.deadlines.map((deadline) => {
        const left = leftUntil(deadline.until_at, now);
        const soon = left !== null && left.days === 0;
        return (
          <li key={deadline.stage_id} className={soon ? "warned" : left ? "" : "faint"}>
            <span>{of(deadline.title) || word("stage_kind", deadline.kind)}</span>{" "}
            <b role="timer">
              {left === null
                ? say("cycles.over")
                : left.days > 0
                  ? say("cycles.left_days", { days: left.days, hours: left.hours })
                  : say("cycles.left_hours", {
                      clock: [left.hours, left.minutes, left.seconds]
                        .map((part) => String(part).padStart(2, "0"))
                        .join(":"),
                    })}
            </b>{" "}
            <small>
              {deadline.until_local.slice(0, 16).replace("T", " ")} ({deadline.zone})
              {deadline.put_off && ` · ${say("cycles.put_off")}`}
            </small>
          </li>
        );
      })}
    </ul>
  );
}

/** Return what time it is by a clock that goes `ahead` of this one, every second anew. */
export function useNow(ahead: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + ahead;
}
