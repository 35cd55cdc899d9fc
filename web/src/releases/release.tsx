/** One release: what it changed, whom that concerns, what it holds; and the way back to it. */

import { Select, Skeleton } from "antd";
import { Navigate, useNavigate, useParams } from "react-router";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { isKey, useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { useFilters, whole } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { Confirm } from "../parts/confirm";
import { Changes, Counts } from "./changes";
import { Named } from "./page";
import {
  type Affected,
  type Release,
  type Released,
  useAffected,
  useDiff,
  useReleasedSessions,
  useReleases,
  useRollBack,
} from "./queries";
import "./releases.css";

export function ReleasePage() {
  const { say, of, language } = useSpeech();
  const { instant } = useMoments();
  const edition = useThisEdition();
  const number = Number(useParams().number);
  const releases = useReleases(edition.slug);
  const [filters, change] = useFilters(["from"]);
  if (!releases.data) return releases.error ? <Failure error={releases.error} /> : <Skeleton active />;
  const release = releases.data.find((each) => each.number === number);
  if (!release) return <Navigate to={`/editions/${edition.slug}/releases`} replace />;
  const newest = releases.data[0]?.number === number;
  const from = filters.from === "" ? number - 1 : Number(filters.from);
  return (
    <>
      <Heads title={say("releases.number", { n: number })}>
        {newest ? (
          <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{say("releases.public_page")}</a>
        ) : (
          <RollBack number={number} />
        )}
      </Heads>
      <p className="in-line">
        <b>
          <Named release={release} />
        </b>
        <span>{instant(release.made_at)}</span>
        <span>{of(release.note)}</span>
      </p>
      <section className="sheet">
        <h2>{say("releases.changes")}</h2>
        <div className="in-line">
          <span aria-hidden="true">{say("release.compared")}</span>
          <Earlier releases={releases.data} number={number} from={from} onChoose={(n) => change({ from: String(n) })} />
        </div>
        <Diff number={number} from={from} />
      </section>
      <People number={number} from={from} />
      <Sessions number={number} />
    </>
  );
}

interface EarlierProps {
  releases: readonly Release[];
  number: number;
  from: number;
  onChoose: (number: number) => void;
}

function Earlier({ releases, number, from, onChoose }: EarlierProps) {
  const { say } = useSpeech();
  const earlier = releases.filter((each) => each.number < number).map((each) => each.number);
  const options = [...earlier, 0].map((n) => ({
    value: n,
    label: n ? say("releases.number", { n }) : say("release.nothing"),
  }));
  return (
    <Select
      aria-label={say("release.compared")}
      value={from}
      onChange={onChoose}
      options={options}
      style={{ width: 180 }}
    />
  );
}

function RollBack({ number }: { number: number }) {
  const { say } = useSpeech();
  const { slug } = useThisEdition();
  const rollBack = useRollBack(slug);
  const navigate = useNavigate();
  const run = async () => {
    const made = await rollBack.mutateAsync(number);
    await navigate(`/editions/${slug}/releases/${made.number}`);
  };
  return (
    <Confirm label={say("release.roll_back")} question={say("release.roll_back_title", { n: number })} act={run}>
      {say("release.roll_back_told", { n: number })}
    </Confirm>
  );
}

function Diff({ number, from }: { number: number; from: number }) {
  const { slug } = useThisEdition();
  const { data, error } = useDiff(slug, number, from);
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  return (
    <>
      {data.changes.length > 0 && <Counts counts={data.counts} />}
      <Changes changes={data.changes} />
    </>
  );
}

function People({ number, from }: { number: number; from: number }) {
  const { say, of } = useSpeech();
  const { slug } = useThisEdition();
  const affected = useAffected(slug, number, from);
  const role = (key: string) => {
    const appearance = `appearance.${key}`;
    return isKey(appearance) ? say(appearance) : key;
  };
  return (
    <section className="sheet">
      <h2>{say("release.affected")}</h2>
      {affected.data && affected.data.length > 0 && (
        <p className="files">
          <a href={`/api/events/editions/${slug}/releases/${number}/affected.xlsx?from=${from}`} download>
            {say("parts.xlsx")}
          </a>
        </p>
      )}
      <Listing<Affected>
        name={say("release.affected")}
        list={whole(affected)}
        keyOf={(each) => `${each.session_id} ${each.person_id} ${each.role}`}
        empty={say("release.affected_none")}
        columns={[
          { key: "name", title: say("release.person"), cell: ({ name }) => of(name) },
          { key: "role", title: say("release.role"), cell: (each) => role(each.role) },
          {
            key: "contact",
            title: say("release.contact"),
            cell: ({ email, phone }) => [email, phone].filter(Boolean).join(" "),
          },
          { key: "session", title: say("release.session"), cell: ({ title }) => of(title) },
          { key: "old", title: say("release.before"), cell: ({ old }) => of(old) },
          { key: "new", title: say("release.now"), cell: (each) => of(each.new) },
        ]}
      />
    </section>
  );
}

function Sessions({ number }: { number: number }) {
  const { say, of } = useSpeech();
  const { slug } = useThisEdition();
  const sessions = useReleasedSessions(slug, number);
  return (
    <section className="sheet">
      <h2>{say("release.sessions")}</h2>
      <Listing<Released>
        name={say("release.sessions")}
        list={whole(sessions)}
        keyOf={({ session_id }) => session_id}
        empty={say("release.sessions_none")}
        columns={[
          { key: "title", title: say("release.session"), cell: ({ content }) => of(content.title) },
          { key: "time", title: say("release.time"), cell: ({ content }) => spokenTime(content.start_local) },
          { key: "place", title: say("release.place"), cell: ({ content }) => of(content.place?.room) },
          { key: "since", title: say("releases.version"), cell: ({ since }) => say("releases.number", { n: since }) },
        ]}
      />
    </section>
  );
}

function spokenTime(local: string | null): string {
  return local ? local.slice(0, 16).replace("T", " ") : "";
}
