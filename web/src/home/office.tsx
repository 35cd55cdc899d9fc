/** What needs an award office: for each cycle that it runs, how much waits to be checked. */

import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import type { Progress, RunCycle } from "./queries";

/** Which number leads where, below the address of a cycle. */
const WAITS = [
  ["waiting", "checks?standing=waiting"],
  ["second", "checks?standing=second"],
  ["overdue", "checks?standing=overdue"],
  ["returned", "checks?standing=returned"],
  ["behind", "progress#units"],
] as const satisfies readonly (readonly [keyof Progress, string])[];

export function OfficeNeeds({ cycles }: { cycles: readonly RunCycle[] }) {
  const { say, of } = useSpeech();
  if (cycles.length === 0) return null;
  return (
    <ul className="needs">
      {cycles.map(({ cycle, progress }) => (
        <li key={cycle.id}>
          <h2>
            <Link to={`/awards/cycles/${cycle.slug}/progress`}>{of(cycle.name)}</Link>
          </h2>
          <ul className="figures">
            {WAITS.map(([name, to]) => (
              <li key={name} data-figure={name}>
                <Link
                  to={`/awards/cycles/${cycle.slug}/${to}`}
                  className={name === "overdue" && progress[name] > 0 ? "blocks" : ""}
                >
                  <b>{progress[name]}</b> {say(`home.award_${name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
