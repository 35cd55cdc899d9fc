/** One edition at a glance: how far it has come, what is to be done, what there is of it, what lacks a language. */

import { Skeleton } from "antd";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useWord } from "../parts/word";
import { Heads } from "../parts/heads";
import { useConflicts, useSchedule } from "../schedule/queries";
import { Dates, EditionState } from "./shown";
import { useCompleteness, useKeyDates, useReleases, useRooms, useSessionCount, useThisEdition } from "./queries";
import type { Edition } from "./rules";
import { AT, type Counts, type Due, missingOf, tasksOf } from "./tasks";
import "./editions.css";
import { Table } from "../parts/table";

export function OverviewPage() {
  const { say, of, language } = useSpeech();
  const may = useRights();
  const edition = useThisEdition();
  const at = `/editions/${edition.slug}`;
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.overview")}`}>
        <EditionState edition={edition} />
        {may("organizer") && (
          <Link className="action" to={`${at}/next`}>
            {say("edition.next")}
          </Link>
        )}
      </Heads>
      <p className="below">
        <Dates edition={edition} /> {of(edition.city)}
        <Link to={`/series/${edition.series_slug}`}>{of(edition.series_name)}</Link>
        {edition.published_at && (
          <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{say("series.public_page")}</a>
        )}
      </p>
      <AtAGlance edition={edition} at={at} />
    </>
  );
}

function AtAGlance({ edition, at }: { edition: Edition; at: string }) {
  const schedule = useSchedule(edition.id);
  const conflicts = useConflicts(edition.id);
  const completeness = useCompleteness(edition.id);
  const rooms = useRooms(edition.id);
  const dates = useKeyDates(edition.id);
  const sessions = useSessionCount(edition.id);
  const releases = useReleases(edition.id);
  const asked = [schedule, conflicts, completeness, rooms, dates, sessions, releases];
  const error = asked.find((each) => each.error)?.error;
  if (error) return <Failure error={error} />;
  if (
    !schedule.data ||
    !conflicts.data ||
    !completeness.data ||
    !rooms.data ||
    !dates.rows ||
    !releases.data ||
    sessions.data === undefined
  ) {
    return <Skeleton active />;
  }
  const missing = missingOf(completeness.data);
  const counts: Counts = {
    rooms: rooms.data.length,
    sessions: sessions.data,
    unplaced: schedule.data.tray.length,
    blocking: conflicts.data.blocking,
    missing: missing.zh + missing.en,
    releases: releases.data.length,
  };
  return (
    <>
      <Tasks edition={edition} counts={counts} at={at} />
      <Figures counts={counts} dates={dates.total ?? dates.rows.length} conflicts={conflicts.data.count} at={at} />
      <Missing completeness={completeness.data} at={at} />
    </>
  );
}

function Tasks({ edition, counts, at }: { edition: Edition; counts: Counts; at: string }) {
  const { say } = useSpeech();
  const word = useWord();
  const tasks = tasksOf(edition, counts);
  const next = tasks.find((due) => !due.done);
  const said = (due: Due) => {
    if (due.done) return say("overview.done");
    return due.left ? say("overview.left", { count: due.left }) : say("overview.open");
  };
  return (
    <section className="part">
      <h2>{say("overview.tasks")}</h2>
      <ul className="tasks">
        {tasks.map((due) => (
          <li key={due.task} className={due.done ? "done" : undefined} aria-current={due === next ? "step" : undefined}>
            <span aria-hidden="true">{due.done ? "✓" : "○"}</span>
            <Link to={due.to.startsWith("#") ? due.to : `${at}/${due.to}`}>{word("task", due.task)}</Link>
            <span className="faint">{said(due)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ counts, dates, conflicts, at }: { counts: Counts; dates: number; conflicts: number; at: string }) {
  const { say } = useSpeech();
  const figures = [
    [say("overview.sessions"), counts.sessions, AT.sessions],
    [say("overview.unplaced"), counts.unplaced, AT.schedule],
    [say("overview.conflicts"), conflicts, AT.schedule],
    [say("edition.rooms"), counts.rooms, "rooms"],
    [say("edition.key_dates"), dates, "dates"],
    [say("overview.releases"), counts.releases, AT.releases],
  ] as const;
  return (
    <section className="part">
      <h2>{say("overview.figures")}</h2>
      <ul className="figures">
        {figures.map(([name, count, to]) => (
          <li key={name}>
            <Link to={`${at}/${to}`}>
              <b>{count}</b> {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const SCREENS: Readonly<Record<string, string>> = {
  edition: "settings",
  organisations: "settings",
  key_dates: "dates",
  rooms: "rooms",
};

/** Return the screen on which something that lacks a language is completed, by the end of its address. */
function screenOf({ part, id }: Schemas["MissingOut"]): string {
  if (part === "sessions") return `${AT.sessions}/${id}`;
  return part === "people" ? `people/${id}` : (SCREENS[part] ?? AT.sessions);
}

function Missing({ completeness, at }: { completeness: Schemas["CompletenessOut"]; at: string }) {
  const { say } = useSpeech();
  const word = useWord();
  const { missing, more } = completeness;
  return (
    <section className="part" id="missing">
      <h2>{say("overview.languages")}</h2>
      <ul className="figures">
        {(["zh", "en"] as const).map((side) => {
          const { filled, of: all } = completeness[side];
          return (
            <li key={side}>
              <label>
                {say(side === "zh" ? "overview.zh" : "overview.en", { filled, all })}{" "}
                <progress max={all || 1} value={all ? filled : 1} />
              </label>
            </li>
          );
        })}
      </ul>
      {missing.length === 0 ? (
        <p>{say("overview.complete")}</p>
      ) : (
        <Table
          name={say("overview.missing")}
          heads={[say("overview.part"), say("overview.lacks"), say("overview.there")]}
        >
          {missing.slice(0, 20).map((each) => (
            <tr key={each.part + each.id + each.field + each.language}>
              <td>
                <Link to={`${at}/${screenOf(each)}`}>{word("of_part", each.part)}</Link>
                {" · "}
                {word("gap", each.field)}
              </td>
              <td>{say(each.language === "zh" ? "overview.no_zh" : "overview.no_en")}</td>
              <td>{each.other.slice(0, 200)}</td>
            </tr>
          ))}
        </Table>
      )}
      {(more || missing.length > 20) && <p className="faint">{say("overview.more")}</p>}
    </section>
  );
}
