/** What stands around the screens of awards: the ways between them. */

import { Skeleton } from "antd";
import { NavLink, Outlet, useParams } from "react-router";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useDefinition, useProgramme, type RunProgramme } from "./queries";
import "./awards.css";

export function AwardsNavigation() {
  const { say } = useSpeech();
  return (
    <nav className="within" aria-label={say("awards.navigation")}>
      <NavLink to="/awards" end>
        {say("awards.programmes")}
      </NavLink>
      <NavLink to="/awards/cycles" end>
        {say("cycles.title")}
      </NavLink>
      <NavLink to="/awards/nominations">{say("nominations.title")}</NavLink>
    </nav>
  );
}

export function AwardsFrame() {
  return (
    <>
      <AwardsNavigation />
      <Outlet />
    </>
  );
}

/** What stands around every screen of one programme; those that only its award office has a use for are for it alone. */
export function ProgrammeFrame() {
  const { say, of } = useSpeech();
  const { programme: ref = "" } = useParams();
  const programme = useProgramme(ref);
  const definition = useDefinition(ref);
  const error = programme.error ?? definition.error;
  if (error) return <Failure error={error} />;
  if (!programme.data || definition.data === undefined) return <Skeleton active />;
  const run: RunProgramme = { programme: programme.data, definition: definition.data };
  const here = `/awards/programmes/${programme.data.slug}`;
  return (
    <>
      <AwardsNavigation />
      {run.definition && (
        <nav className="within" aria-label={say("awards.within", { name: of(programme.data.name) })}>
          <strong>{of(programme.data.name)}</strong>
          <NavLink to={here} end>
            {say("awards.overview")}
          </NavLink>
          <NavLink to={`${here}/basics`}>{say("awards.basics")}</NavLink>
          <NavLink to={`${here}/definition`}>{say("awards.definition")}</NavLink>
          <NavLink to={`${here}/rules`}>{say("awards.rules")}</NavLink>
          <NavLink to={`${here}/reasons`}>{say("checks.reasons")}</NavLink>
        </nav>
      )}
      <Outlet context={run} />
    </>
  );
}
