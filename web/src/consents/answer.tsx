/** The answer of somebody who has a part in a nomination: they consent, or decline with a reason. */

import { useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input, Radio } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { answerByLink, type Consent } from "./queries";

type Answer = Pick<Schemas["ConsentIn"], "answer" | "words">;

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
      <Entry<Answer>
        key={consent.state}
        start={{ answer: "consent", words: consent.words }}
        send={send}
        submit={say("consent.send")}
        about={{ "reason-for-declining": ["words"] }}
      >
        <Form.Item name="answer" label={say("consent.answer")}>
          <Radio.Group
            options={[
              { value: "consent", label: say("consent.yes") },
              { value: "decline", label: say("consent.no") },
            ]}
          />
        </Form.Item>
        <Form.Item name="words" label={say("consent.words")} extra={say("consent.words_help")}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
      </Entry>
    </section>
  );
}
