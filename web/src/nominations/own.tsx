/** A candidate's consent to their own nomination: with it, they hand it over to the unit. */

import { Alert } from "antd";
import { api, Problem, told } from "../api/client";
import { type Answer, AnswerEntry } from "../consents/form";
import { useSpeech } from "../frame/language";
import { useMoments } from "../parts/moments";
import { idOf } from "./fields";
import { readNomination, useParts, useReadiness, useRenewNominations } from "./queries";
import type { Draft } from "./saving";

export function OwnConsent({ draft, writes }: { draft: Draft; writes: boolean }) {
  const { say } = useSpeech();
  const { instant } = useMoments();
  const renew = useRenewNominations();
  const { nomination } = draft;
  const parts = useParts(nomination.id);
  const own = parts.data?.find(({ role }) => role === "candidate");
  const readiness = useReadiness(nomination.id, nomination.version);
  const missing = readiness.data?.lacks.filter(({ kind }) => kind === "field" || kind === "attachment").length ?? 0;
  const path = { nomination_id: nomination.id };
  const send = async (answer: Answer) => {
    if (draft.changed && !(await draft.save())) throw new Problem(409, { detail: say("nominations.not_saved") });
    const { covers } = await told(api.GET("/api/awards/nominations/{nomination_id}/consent", { params: { path } }));
    const body = { ...answer, covers };
    await told(api.POST("/api/awards/nominations/{nomination_id}/consent", { params: { path }, body }));
    draft.take(await readNomination(nomination.id), draft.values);
    await renew(nomination.id);
  };
  return (
    <section className="form-part" {...(nomination.part === "candidate" && { id: idOf("/roles"), tabIndex: -1 })}>
      <h2>{say("own.title")}</h2>
      <p>{say("own.says")}</p>
      {own?.state === "consented" && own.answered_at && (
        <Alert type="success" showIcon title={say("own.given", { at: instant(own.answered_at) })} />
      )}
      {own?.state === "outdated" && <Alert type="warning" showIcon title={say("own.outdated")} />}
      {own?.state === "declined" && <Alert type="warning" showIcon title={say("own.declined")} />}
      {missing > 0 && <p className="warned">{say("own.missing", { n: missing })}</p>}
      {writes && own?.state !== "consented" && <AnswerEntry send={send} submit={say("own.send")} />}
    </section>
  );
}
