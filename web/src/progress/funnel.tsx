/** From slots given out to what is listed: numbers, each the way to what it counts. */

import { Skeleton } from "antd";
import { Link } from "react-router";
import type { Cycle } from "../cycles/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { useProgress } from "./queries";
import "./progress.css";

/** Which number leads where, below the address of the cycle. */
const STEPS = [
  ["given", "quotas"],
  ["drafts", "progress?behind=no#units"],
  ["submitted", "checks"],
  ["returned", "checks?standing=returned"],
  ["passed", "checks?standing=passed"],
  ["listed", "list"],
] as const;
const BESIDE = [
  ["waiting", "checks?standing=waiting"],
  ["second", "checks?standing=second"],
  ["overdue", "checks?standing=overdue"],
  ["rejected", "checks?standing=rejected"],
] as const;

export function Funnel({ cycle }: { cycle: Cycle }) {
  const { say } = useSpeech();
  const word = useWord();
  const { data, error } = useProgress(cycle.id);
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />;
  const here = `/awards/cycles/${cycle.slug}`;
  const most = Math.max(...STEPS.map(([name]) => data[name]), 1);
  return (
    <>
      <ol className="funnel" aria-label={say("progress.funnel")}>
        {STEPS.map(([name, to]) => (
          <li key={name} data-figure={name}>
            <Link to={`${here}/${to}`}>
              <span>{word("progress", name)}</span> <b>{data[name]}</b>
              <span className="share" style={{ inlineSize: `${(data[name] / most) * 100}%` }} />
            </Link>
          </li>
        ))}
      </ol>
      <ul className="figures" aria-label={say("progress.waits")}>
        {BESIDE.map(([name, to]) => (
          <li key={name} data-figure={name}>
            <Link to={`${here}/${to}`} className={name === "overdue" && data[name] > 0 ? "blocks" : ""}>
              <b>{data[name]}</b> {word("progress", name)}
            </Link>
          </li>
        ))}
        <li data-figure="behind">
          <Link to={`${here}/progress#units`}>
            <b>{data.behind}</b> {say("progress.behind")}
          </Link>
        </li>
      </ul>
      {data.withdrawn > 0 && <p className="faint">{say("progress.withdrawn", { n: data.withdrawn })}</p>}
    </>
  );
}
