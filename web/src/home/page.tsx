/** What needs whoever is signed in: for each edition that they work on, its next dates, and what waits. */

import { Empty, Skeleton } from "antd";
import { Link } from "react-router";
import { Dates, EditionState } from "../editions/shown";
import { useCompleteness, useKeyDates, useOwnEditions } from "../editions/queries";
import { whenOf } from "../editions/key_dates";
import type { Edition } from "../editions/rules";
import { AT, missingOf } from "../editions/tasks";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { useRights } from "../frame/rights";
import { Heads } from "../parts/heads";
import { useConflicts, useSchedule } from "../schedule/queries";
import { OfficeNeeds } from "./office";
import { useNextRelease, useRunCycles } from "./queries";
import { coming, daysUntil, todayIn } from "./rules";
import "./home.css";

/** Of so many editions it is told what they need. */
const MOST = 6;

export function HomePage() {
  const { say } = useSpeech();
  const today = todayIn(useMe().data?.zone ?? "Asia/Shanghai");
  const { data, error } = useOwnEditions();
  const office = useRights()("award_officer");
  const run = useRunCycles(office);
  return (
    <>
      <Heads title={say("home.title")} />
      {error && <Failure error={error} />}
      {!data && !error && <Skeleton active />}
      {run.data && <OfficeNeeds cycles={run.data} />}
      {data?.length === 0 && (!office || run.data?.length === 0) && <Nothing />}
      <ul className="needs">
        {data?.slice(0, MOST).map((edition) => (
          <Needs key={edition.id} edition={edition} today={today} />
        ))}
      </ul>
      {data && (
        <p className="below">
          <Link to="/editions">{say("home.all")}</Link>
        </p>
      )}
    </>
  );
}

/** What to do where there is nothing to do. */
function Nothing() {
  const { say } = useSpeech();
  const may = useRights();
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("home.nothing")}>
      {may("organizer") ? (
        <>
          <p>{say("home.begin")}</p>
          <Link className="action" to="/series/new">
            {say("home.create_series")}
          </Link>{" "}
          <Link className="action" to="/editions/new">
            {say("home.create")}
          </Link>{" "}
          <Link className="action" to="/help">
            {say("home.how")}
          </Link>
        </>
      ) : (
        say("home.wait")
      )}
    </Empty>
  );
}

function Needs({ edition, today }: { edition: Edition; today: string }) {
  const { say, of } = useSpeech();
  const at = `/editions/${edition.slug}`;
  const dates = useKeyDates(edition.id);
  const next = dates.rows && coming(dates.rows, today);
  return (
    <li>
      <h2>
        <Link to={at}>{of(edition.name)}</Link>
      </h2>
      <p className="faint">
        <Dates edition={edition} /> <EditionState edition={edition} />
      </p>
      {dates.error && <Failure error={dates.error} />}
      {next && (
        <ul className="dates" aria-label={say("home.next_dates")}>
          {next.length === 0 && <li className="faint">{say("home.no_dates")}</li>}
          {next.map((date) => (
            <li key={date.id}>
              <Link to={`${at}/dates`}>{of(date.title)}</Link> {whenOf(date)}{" "}
              <span className="faint">
                <Until day={whenOf(date).slice(0, 10)} today={today} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Waiting edition={edition} at={at} />
    </li>
  );
}

function Until({ day, today }: { day: string; today: string }) {
  const { say } = useSpeech();
  const count = daysUntil(day, today);
  if (count < 0) return say("home.now");
  return count === 0 ? say("home.today") : say("home.in_days", { count });
}

/** Numbers, each a link to the list behind it, shown as they come. */
function Waiting({ edition, at }: { edition: Edition; at: string }) {
  const { say } = useSpeech();
  const conflicts = useConflicts(edition.id);
  const schedule = useSchedule(edition.id);
  const completeness = useCompleteness(edition.id);
  const release = useNextRelease(edition.id, edition.requires_approval === true);
  const missing = completeness.data && missingOf(completeness.data);
  const waits = release.data && release.data.changes.length > 0 && release.data.approvals.length === 0;
  const error = conflicts.error ?? schedule.error ?? completeness.error ?? release.error;
  const figures = [
    ["blocking", conflicts.data?.blocking, `/${AT.schedule}`],
    ["unplaced", schedule.data?.tray.length, `/${AT.schedule}`],
    ["missing", missing && missing.zh + missing.en, "#missing"],
    ...(release.data ? [["approvals", Number(waits), `/${AT.releases}`] as const] : []),
  ] as const;
  return (
    <>
      {error && <Failure error={error} />}
      <ul className="figures">
        {figures.map(([name, count, to]) => (
          <li key={name} data-figure={name}>
            {count === undefined ? (
              <Skeleton.Button active size="small" />
            ) : (
              <Link to={`${at}${to}`} className={name === "blocking" && count > 0 ? "blocks" : ""}>
                <b>{count}</b> {say(`home.${name}`)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
