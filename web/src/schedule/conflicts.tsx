/** What stands against the draft, by kind, gravest first; each leads to where it is, and may be let stand with a reason. */

import { Button, Empty, Form, Input, Modal, Skeleton } from "antd";
import { memo, useState } from "react";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Who } from "../parts/who";
import { useAcceptance } from "./queries";

type Judged = Schemas["JudgedOut"];

interface Props {
  edition: string;
  conflicts: Schemas["ConflictsOut"] | undefined;
  onTravel: (session: string) => void;
}

export const Conflicts = memo(function Conflicts({ edition, conflicts, onTravel }: Props) {
  const { say, of } = useSpeech();
  const [accepting, setAccepting] = useState<Judged>();
  const acceptance = useAcceptance(edition);
  const kinds = conflicts?.kinds.filter((kind) => kind.count > 0) ?? [];
  const accepted = kinds.flatMap((kind) => kind.conflicts).filter((each) => each.acceptance_id !== null).length;
  return (
    <section className="conflicts" aria-label={say("schedule.conflicts")} tabIndex={0}>
      <h2>{say("schedule.conflicts")}</h2>
      {!conflicts && <Skeleton active />}
      {conflicts && kinds.length === 0 && <Empty description={say("schedule.no_conflicts")} />}
      {conflicts && kinds.length > 0 && (
        <p className="faint">
          {say("schedule.counts", { count: conflicts.count, blocking: conflicts.blocking, accepted })}
        </p>
      )}
      {kinds.map((kind) => (
        <details key={kind.kind} open={kind.level === "block"} data-level={kind.level}>
          <summary>
            {say(`kind.${kind.kind}`)} <b>{kind.count}</b> <small>{say(`level.${kind.level}`)}</small>
          </summary>
          <ul>
            {kind.conflicts.map((each) => (
              <li key={each.key} data-accepted={each.acceptance_id !== null}>
                <button type="button" className="travel" onClick={() => each.sessions[0] && onTravel(each.sessions[0])}>
                  {of(each.message)}
                </button>
                {each.acceptance_id === null ? (
                  <Button size="small" onClick={() => setAccepting(each)}>
                    {say("schedule.accept")}
                  </Button>
                ) : (
                  <div className="accepted">
                    <span>
                      ✓ <Who account={each.accepted_by} />
                      {say("schedule.because", { reason: each.reason })}
                    </span>
                    <Button
                      size="small"
                      loading={acceptance.isPending}
                      onClick={() => each.acceptance_id && acceptance.mutate({ withdraw: each.acceptance_id })}
                    >
                      {say("schedule.withdraw")}
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
      {accepting && <Accepting conflict={accepting} acceptance={acceptance} onDone={() => setAccepting(undefined)} />}
    </section>
  );
});

interface AcceptingProps {
  conflict: Judged;
  acceptance: ReturnType<typeof useAcceptance>;
  onDone: () => void;
}

/** Ask why a conflict may stand. */
function Accepting({ conflict, acceptance, onDone }: AcceptingProps) {
  const { say, of } = useSpeech();
  const [form] = Form.useForm<{ reason: string }>();
  const send = ({ reason }: { reason: string }) =>
    acceptance.mutate({ accept: { key: conflict.key, reason } }, { onSuccess: onDone });
  return (
    <Modal
      open
      title={say("schedule.accept_title")}
      okText={say("schedule.accept")}
      okButtonProps={{ loading: acceptance.isPending }}
      onOk={form.submit}
      onCancel={onDone}
    >
      <p>{of(conflict.message)}</p>
      {acceptance.error ? <Failure error={acceptance.error} /> : null}
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item
          name="reason"
          label={say("schedule.reason")}
          rules={[{ required: true, whitespace: true, message: say("schedule.reason_missing") }]}
        >
          <Input.TextArea rows={3} maxLength={2000} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
