/** The next release: what it would bring, what forbids it, who approves it; and the one button that makes it. */

import { Alert, Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Problem } from "../api/client";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { useMoments } from "../parts/moments";
import { Who } from "../parts/who";
import { useFollowing, useSchedule, useSessions } from "../schedule/queries";
import { Blockers } from "./blockers";
import { Changes, Counts } from "./changes";
import { type Next, useApprove, useNext, useRelease } from "./queries";
import { leftOut, obstacleOf, sum } from "./rules";
import "./releases.css";

export function NextReleasePage() {
  const { say } = useSpeech();
  const edition = useThisEdition();
  const { data: next, error } = useNext(edition.slug);
  useFollowing(edition.slug, edition.id);
  if (!next) return error ? <Failure error={error} /> : <Skeleton active />;
  const n = sum(next.counts);
  return (
    <>
      <Heads title={say("upcoming.title", { n: next.number })} />
      {next.blocking.length > 0 && (
        <section className="sheet">
          <h2>{say("upcoming.blocking", { n: next.blocking.length })}</h2>
          <Blockers conflicts={next.blocking} />
        </section>
      )}
      <section className="sheet">
        <h2>{say("releases.changes")}</h2>
        {n > 0 ? (
          <p className="in-line">
            {say("upcoming.summary", { n })} <Counts counts={next.counts} />
          </p>
        ) : (
          <p>{say("upcoming.nothing")}</p>
        )}
        <LeftOut />
        {n > 0 && <Changes changes={next.changes} />}
      </section>
      {n > 0 && next.requires_approval && <Approval next={next} />}
      {n > 0 && <Form next={next} />}
    </>
  );
}

/** What somebody may expect in the release, and will not find there. */
function LeftOut() {
  const { say } = useSpeech();
  const { slug } = useThisEdition();
  const schedule = useSchedule(slug).data;
  const sessions = useSessions(slug).data;
  if (!schedule || !sessions) return null;
  const { drafts, unplaced } = leftOut(schedule, sessions);
  return (
    <>
      {drafts > 0 && (
        <Alert
          type="info"
          showIcon
          title={say("upcoming.drafts", { n: drafts })}
          action={<Link to={`/editions/${slug}/programme?status=draft`}>{say("upcoming.confirm")}</Link>}
        />
      )}
      {unplaced > 0 && (
        <Alert
          type="info"
          showIcon
          title={say("upcoming.unplaced", { n: unplaced })}
          action={<Link to={`/editions/${slug}/schedule`}>{say("upcoming.place")}</Link>}
        />
      )}
    </>
  );
}

function Approval({ next }: { next: Next }) {
  const { say } = useSpeech();
  const { instant } = useMoments();
  const { slug } = useThisEdition();
  const approve = useApprove(slug);
  const [note, setNote] = useState("");
  return (
    <section className="sheet">
      <h2>{say("upcoming.approval")}</h2>
      <p>{say("upcoming.approval_asked")}</p>
      {next.approvals.length === 0 && <p>{say("upcoming.not_approved")}</p>}
      <ul>
        {next.approvals.map((each) => (
          <li key={each.approved_by + each.approved_at}>
            <Who account={each.approved_by} /> · {instant(each.approved_at)} {each.note && `· ${each.note}`}
          </li>
        ))}
      </ul>
      <div className="reveal">
        <Input
          aria-label={say("upcoming.approval_note")}
          placeholder={say("upcoming.approval_note")}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <Button
          loading={approve.isPending}
          onClick={() => approve.mutate({ fingerprint: next.fingerprint, note }, { onSuccess: () => setNote("") })}
        >
          {say("upcoming.approve")}
        </Button>
      </div>
      {approve.error && <Failure error={approve.error} />}
    </section>
  );
}

interface Said {
  name?: { zh?: string; en?: string };
  note?: { zh?: string; en?: string };
}

function Form({ next }: { next: Next }) {
  const { say } = useSpeech();
  const { slug } = useThisEdition();
  const { data: me } = useMe();
  const release = useRelease(slug);
  const navigate = useNavigate();
  const obstacle = obstacleOf(next, me?.id);
  const changed = release.error instanceof Problem && release.error.type === "/problems/programme-changed";
  const send = async ({ name, note }: Said) => {
    const both = (text: Said["name"]) => ({ zh: text?.zh ?? "", en: text?.en ?? "" });
    const made = await release.mutateAsync({ name: both(name), note: both(note), fingerprint: next.fingerprint });
    await navigate(`/editions/${slug}/releases/${made.number}`);
  };
  return (
    <section className="sheet">
      <h2>{say("upcoming.release_heading")}</h2>
      {changed && <Alert type="warning" showIcon title={say("upcoming.changed")} />}
      {obstacle && <Alert type="warning" showIcon title={say(`upcoming.${obstacle}`, { n: next.blocking.length })} />}
      <Entry<Said> start={{}} send={send} submit={say("upcoming.submit")} disabled={obstacle !== undefined}>
        <Both name="name" label={say("upcoming.name")} maxLength={200} />
        <Both name="note" label={say("upcoming.note")} rows={3} maxLength={5000} />
      </Entry>
    </section>
  );
}
