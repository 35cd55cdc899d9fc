/** The answer of somebody who has a part in a nomination: they consent, or decline with a reason. */

import { useQueryClient } from "@tanstack/react-query";
import { Alert } from "antd";
import { useSpeech } from "../frame/language";
import { type Answer, AnswerEntry } from "./form";
import { answerByLink, type Consent } from "./queries";

interface AnswerProps {
  secret: string;
  consent: Consent;
  /** Return what there is to answer to, once all that was typed is saved. */
  settled?: () => Promise<Consent>;
}

export function AnswerForm({ secret, consent, settled }: AnswerProps) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const send = async (values: Answer) => {
    const { covers } = settled ? await settled() : consent;
    queries.setQueryData(["consent", secret], await answerByLink(secret, { ...values, covers }));
  };
  return (
    <section className="part">
      <h2>{say("consent.answer")}</h2>
      {consent.state === "consented" && <Alert type="success" showIcon title={say("consent.given")} />}
      <p>{say("consent.says")}</p>
      <AnswerEntry key={consent.state} words={consent.words} send={send} submit={say("consent.send")} />
    </section>
  );
}
