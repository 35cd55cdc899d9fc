/** Handing a nomination in, its receipt, and taking it back. */

import { Alert, Button, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Confirm } from "../parts/confirm";
import { Moment } from "../parts/moment";
import { Facts } from "../parts/facts";
import { keep } from "../parts/keeping";
import { Remove } from "../parts/remove";
import { readNomination, useReceipt, useRenewNominations } from "./queries";
import type { Draft } from "./saving";

interface Props {
  draft: Draft;
  readiness: Schemas["ReadinessOut"] | undefined;
  writes: boolean;
}

export function Handing({ draft, readiness, writes }: Props) {
  const { say } = useSpeech();
  const renew = useRenewNominations();
  const navigate = useNavigate();
  const { nomination } = draft;
  const receipt = useReceipt(nomination);
  const path = { nomination_id: nomination.id };
  const name = nomination.name || say("nominations.unnamed");
  const again = async () => {
    draft.take(await readNomination(nomination.id), draft.values);
    await renew(nomination.id);
  };
  const submit = async () => {
    if (!(await draft.save())) throw new Error("not saved");
    const now = await readNomination(nomination.id);
    const params = { path, header: ifMatch(now.version) };
    await told(api.POST("/api/awards/nominations/{nomination_id}/submission", { params }));
    await again();
  };
  const withdraw = async (body: Schemas["WithdrawalIn"]) => {
    const params = { path, header: ifMatch(nomination.version) };
    await told(api.POST("/api/awards/nominations/{nomination_id}/withdraw", { params, body }));
    await again();
  };
  const remove = async () => {
    const params = { path, header: ifMatch(nomination.version) };
    await told(api.DELETE("/api/awards/nominations/{nomination_id}", { params }));
    await navigate("/awards/nominations");
    await renew();
  };
  const unit = nomination.part === "unit";
  const handed = nomination.state === "submitted";
  const submits = unit && writes && (!handed || readiness?.unsubmitted === true);
  return (
    <section className="panel" id="at/submission" tabIndex={-1}>
      <h2>{say("nominations.submission")}</h2>
      {handed && readiness?.unsubmitted && <Alert type="warning" showIcon title={say("nominations.unsubmitted")} />}
      {receipt.data && <Receipt submission={receipt.data} number={nomination.number ?? ""} />}
      {nomination.part === "candidate" && <p>{say("nominations.unit_submits")}</p>}
      <div className="acts">
        {submits && (
          <Confirm
            primary
            label={say(nomination.number ? "nominations.submit_again" : "nominations.submit")}
            question={say("nominations.submit_sure", { name })}
            act={submit}
            instead={(error) =>
              error instanceof Error && error.message === "not saved" ? (
                <Alert type="warning" showIcon title={say("nominations.not_saved")} />
              ) : undefined
            }
          >
            {readiness?.ready
              ? say("nominations.submit_says")
              : say("nominations.not_ready", { n: readiness?.lacks.length ?? 0 })}
          </Confirm>
        )}
        {unit && (handed || nomination.state === "returned") && (
          <Asking<Schemas["WithdrawalIn"], unknown>
            label={say("nominations.withdraw")}
            says={say("nominations.withdraw_says")}
            send={withdraw}
          >
            <Form.Item
              name="reason"
              label={say("cycles.reason")}
              rules={[{ required: true, message: say("parts.needed") }]}
            >
              <Input.TextArea rows={2} maxLength={2000} />
            </Form.Item>
          </Asking>
        )}
        {unit && writes && !nomination.number && <Remove name={name} remove={remove} />}
      </div>
    </section>
  );
}

/** The signed receipt of what was handed in. */
function Receipt({ submission, number }: { submission: Schemas["SubmissionOut"]; number: string }) {
  const { say } = useSpeech();
  const file = `receipt-${number}-${submission.turn}.json`;
  const content = `content-${number}-${submission.turn}.json`;
  const keepReceipt = () => {
    keep(new Blob([JSON.stringify(submission.receipt, null, 1)], { type: "application/json" }), file);
  };
  const at = `/api/awards/nominations/${submission.nomination_id}/submissions/${submission.turn}/document`;
  return (
    <div className="receipt">
      <Facts
        facts={[
          [say("nominations.number"), <b key="number">{number}</b>],
          [say("nominations.received_at"), <Moment key="at" at={submission.received_at} />],
          [say("nominations.check_code"), <code key="code">{submission.check_code}</code>],
          [say("nominations.sha256"), <code key="hash">{submission.sha256}</code>],
          [say("nominations.turn"), submission.turn],
        ]}
      />
      <div className="acts">
        <Button onClick={keepReceipt}>{say("nominations.keep_receipt")}</Button>
        <Button onClick={() => print()}>{say("quotas.print")}</Button>
      </div>
      <p className="faint">{say("nominations.receipt_says")}</p>
      <details>
        <summary>{say("nominations.receipt_how")}</summary>
        <p>{say("nominations.receipt_steps")}</p>
        <ul className="verify">
          <li>
            <a href={at} download={content}>
              {say("nominations.document")}
            </a>
          </li>
          <li>
            <a href="/api/awards/record/keys" download="keys.json">
              {say("nominations.keys")}
            </a>
          </li>
          <li>
            <a href="/api/awards/record/checker" download>
              {say("nominations.checker")}
            </a>
          </li>
        </ul>
        <code>{`python3 -I huitang_check.py ${file} --keys keys.json --content ${content}`}</code>
        <p className="faint">{say("nominations.receipt_shows")}</p>
      </details>
    </div>
  );
}
