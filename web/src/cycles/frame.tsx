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

const QUOTAS: readonly [string, Key][] = [["/quotas", "quotas.title"]];
/** Those that only the award office has a use for, once the call is open. */
const OF_OFFICE: readonly [string, Key][] = [
  ["/progress", "progress.title"],
  ["/checks", "checks.title"],
  ["/list", "lists.title"],
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
  const screens: readonly [string, Key][] = [
    ...SCREENS,
    ...(run.office || may("nominator") ? QUOTAS : []),
    ...(run.office && cycle.data.state !== "draft" ? OF_OFFICE : []),
  ];
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
