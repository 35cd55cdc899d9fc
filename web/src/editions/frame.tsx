/** What stands around every screen of one edition: its name, and the ways to the others. */

import { Skeleton } from "antd";
import { Link, NavLink, Outlet, useParams } from "react-router";
import { Failure } from "../frame/failures";
import { type Key, useSpeech } from "../frame/language";
import { useEdition } from "./queries";
import type { Edition } from "./rules";

/** The screens of an edition, by the end of their address. */
const SCREENS: readonly [string, Key][] = [
  ["", "edition.overview"],
  ["settings", "edition.settings"],
  ["dates", "edition.key_dates"],
  ["rooms", "edition.rooms"],
  ["programme", "programme.title"],
  ["people", "people.here"],
  ["schedule", "edition.schedule"],
  ["lifecycle", "edition.lifecycle"],
];

export function EditionFrame() {
  const { say, of } = useSpeech();
  const { edition: ref = "" } = useParams();
  const { data: edition, error } = useEdition(ref);
  if (!edition) return error ? <Failure error={error} /> : <Skeleton active />;
  return (
    <>
      <nav className="within" aria-label={say("edition.navigation")}>
        <Link to="/editions">{say("editions.title")}</Link>
        <strong>{of(edition.name)}</strong>
        {SCREENS.map(([end, name]) => (
          <NavLink key={name} to={`/editions/${edition.slug}${end && `/${end}`}`} end={end === ""}>
            {say(name)}
          </NavLink>
        ))}
      </nav>
      <Outlet context={edition satisfies Edition} />
    </>
  );
}
