/** What stands around every screen of one cycle: its name, and the ways to the others. */

import { Skeleton } from "antd";
import { NavLink, Outlet, useParams } from "react-router";
import { AwardsNavigation } from "../awards/frame";
import { Failure } from "../frame/failures";
import { type Key, useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { type RunCycle, useCycle, useCycleHistory } from "./queries";

/** The screens of a cycle, by the end of their address. */
const SCREENS: readonly [string, Key][] = [
  ["", "cycles.overview"],
  ["/dates", "cycles.dates"],
  ["/definition", "awards.definition"],
  ["/rules", "awards.rules"],
];

export function CycleFrame() {
  const { say, of } = useSpeech();
  const may = useRights();
  const { cycle: ref = "" } = useParams();
  const cycle = useCycle(ref);
  const history = useCycleHistory(ref);
  const error = cycle.error ?? history.error;
  if (error) return <Failure error={error} />;
  if (!cycle.data || history.data === undefined) return <Skeleton active />;
  const run: RunCycle = { cycle: cycle.data, office: history.data !== null };
  const name = of(cycle.data.name);
  const screens: readonly [string, Key][] =
    run.office || may("nominator") ? [...SCREENS, ["/quotas", "quotas.title"]] : SCREENS;
  return (
    <>
      <AwardsNavigation />
      <nav className="within" aria-label={say("awards.within", { name })}>
        <strong>{name}</strong>
        {screens.map(([end, title]) => (
          <NavLink key={end} to={`/awards/cycles/${cycle.data.slug}${end}`} end={end === ""}>
            {say(title)}
          </NavLink>
        ))}
      </nav>
      <Outlet context={run} />
    </>
  );
}
