/** The fields of an organisation, as forms ask for them. */

import { Form, Input, Select } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { KINDS } from "./rules";

export interface Facts extends Required<Pick<Schemas["OrganisationPatch"], "name" | "kind">> {
  uscc?: string | null;
  ror?: string | null;
  founded_on?: string | null;
}

/** Return what a form holds as it is sent: what was left empty is not known. */
export function sent({ name, kind, uscc, ror, founded_on }: Facts) {
  return { name, kind, uscc: uscc || null, ror: ror || null, founded_on: founded_on || null };
}

export function KindField() {
  const { say } = useSpeech();
  return (
    <Form.Item
      name="kind"
      label={say("organisations.kind")}
      rules={[{ required: true, message: say("signin.required") }]}
    >
      <Select options={KINDS.map((kind) => ({ value: kind, label: say(`kind_of.${kind}`) }))} />
    </Form.Item>
  );
}

export function OwnFields() {
  const { say } = useSpeech();
  return (
    <>
      <Form.Item name="uscc" label={say("organisations.uscc")}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="ror" label={say("organisations.ror")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="founded_on" label={say("organisations.founded_on")}>
        <Input type="date" />
      </Form.Item>
    </>
  );
}
