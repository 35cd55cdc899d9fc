/** What waits to be released, always at hand: looked at, and released at once. */

import { Button, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Blockers } from "../releases/blockers";
import { Changes, Counts } from "../releases/changes";
import { type Next, useNext, useRelease } from "../releases/queries";
import { obstacleOf, sum } from "../releases/rules";

const NO_WORDS = { name: { zh: "", en: "" }, note: { zh: "", en: "" } };

export function ReleaseBar() {
  const { say, language } = useSpeech();
  const edition = useThisEdition();
  const { data: next, error } = useNext(edition.slug);
  const release = useRelease(edition.slug);
  const [open, setOpen] = useState(false);
  if (!next) return error ? <Failure error={error} /> : null;
  const n = sum(next.counts);
  const made = n === 0 ? release.data : undefined;
  return (
    <div className="release-bar">
      <p role="status">
        {made ? say("today.released", { n: made.number }) : say("today.to_release", { n })}{" "}
        {made && <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{say("today.public_page")}</a>}
      </p>
      <Button type="primary" size="large" disabled={n === 0} onClick={() => setOpen(true)}>
        {say("today.release")}
      </Button>
      <Asked open={open} next={next} release={release} onClose={() => setOpen(false)} />
    </div>
  );
}

interface Props {
  open: boolean;
  next: Next;
  release: ReturnType<typeof useRelease>;
  onClose: () => void;
}

function Asked({ open, next, release, onClose }: Props) {
  const { say } = useSpeech();
  const { slug } = useThisEdition();
  const { data: me } = useMe();
  const obstacle = obstacleOf(next, me?.id);
  return (
    <Modal
      open={open}
      title={say("today.release_title")}
      okText={say("today.release_now")}
      okButtonProps={{ size: "large", disabled: obstacle !== undefined }}
      cancelButtonProps={{ size: "large" }}
      confirmLoading={release.isPending}
      onOk={() => release.mutate({ ...NO_WORDS, fingerprint: next.fingerprint }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      {next.blocking.length > 0 && <p>{say("upcoming.blocked", { n: next.blocking.length })}</p>}
      <Blockers conflicts={next.blocking} />
      {obstacle === "unapproved" && (
        <p>
          {say("upcoming.unapproved")} <Link to={`/editions/${slug}/releases/next`}>{say("today.to_approval")}</Link>
        </p>
      )}
      <Counts counts={next.counts} />
      <div className="asked-changes" role="region" aria-label={say("releases.changes")} tabIndex={0}>
        <Changes changes={next.changes} />
      </div>
      {release.error && <Failure error={release.error} />}
    </Modal>
  );
}
