/** The form of an answer: consent, or decline with a reason. */

import { Form, Input, Radio } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";

export type Answer = Pick<Schemas["ConsentIn"], "answer" | "words">;

interface Props {
  /** What was said before. */
  words?: string;
  send: (answer: Answer) => Promise<void>;
  submit: string;
}

export function AnswerEntry({ words = "", send, submit }: Props) {
  const { say } = useSpeech();
  return (
    <Entry<Answer>
      start={{ answer: "consent", words }}
      send={send}
      submit={submit}
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
  );
}
