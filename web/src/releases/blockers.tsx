/** What forbids the next release: each leads to where it is, and may be let stand with a reason. */

import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { wallTime } from "../parts/moments";
import { type Next, useAccept } from "./queries";

type Conflict = Next["blocking"][number];

export function Blockers({ conflicts }: { conflicts: readonly Conflict[] }) {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const [chosen, setChosen] = useState<Conflict>();
  const to = (conflict: Conflict) => {
    const day = wallTime(new Date(conflict.start_at), edition.zone).slice(0, 10);
    const search = new URLSearchParams({ day, session: conflict.sessions[0] ?? "" });
    return `/editions/${edition.slug}/schedule?${search.toString()}`;
  };
  return (
    <>
      <ul className="blockers">
        {conflicts.map((each) => (
          <li key={each.key}>
            <p>{of(each.message)}</p>
            <span className="in-line">
              <Link to={to(each)}>{say("upcoming.to_schedule")}</Link>
              <Button
                aria-label={say("upcoming.accept_named", { conflict: of(each.message) })}
                onClick={() => setChosen(each)}
              >
                {say("upcoming.accept")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {chosen && <Accept conflict={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function Accept({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const [reason, setReason] = useState("");
  const accept = useAccept(edition.slug);
  return (
    <Modal
      open
      title={say("upcoming.accept_title")}
      okText={say("upcoming.accept")}
      okButtonProps={{ disabled: !reason.trim() }}
      confirmLoading={accept.isPending}
      onOk={() => accept.mutate({ key: conflict.key, reason }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{of(conflict.message)}</p>
      <label>
        {say("upcoming.reason")}
        <Input.TextArea rows={2} maxLength={2000} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      {accept.error && <Failure error={accept.error} />}
    </Modal>
  );
}
