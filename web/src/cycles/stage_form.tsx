/** The fields of a stage: what it is, and when, to the day or to the minute. */

import { Form, Input, Radio, Select } from "antd";
import { useSpeech } from "../frame/language";
import { Both } from "../parts/entry";
import { useWord } from "../parts/word";
import { STAGE_KINDS, type StageFields, STATUSES } from "./rules";

/** Days and times of day are never both shown: what is refused is about whichever there is. */
export const ABOUT = {
  "dates-backwards": ["until"],
  "dates-incomplete": ["from"],
  "no-such-wall-time": ["from"],
  "reason-missing": ["reason"],
  "deadline-not-set": ["from"],
} as const;

interface Props {
  zone: string;
  /** Whether a change needs a reason, since it was announced. */
  reasoned: boolean;
  fresh?: boolean;
}

export function StageForm({ zone, reasoned, fresh = false }: Props) {
  const { say } = useSpeech();
  const word = useWord();
  const type = Form.useWatch<StageFields["by"] | undefined>("by") === "time" ? "datetime-local" : "date";
  return (
    <>
      <div className="beside-each-other">
        {fresh && (
          <Form.Item name="kind" label={say("cycles.kind")}>
            <Select options={STAGE_KINDS.map((kind) => ({ value: kind, label: word("stage_kind", kind) }))} />
          </Form.Item>
        )}
        <Form.Item name="status" label={say("cycles.status")}>
          <Select options={STATUSES.map((status) => ({ value: status, label: word("status", status) }))} />
        </Form.Item>
      </div>
      <Both name="title" label={say("cycles.title_of_stage")} />
      <Form.Item name="by" label={say("cycles.by")}>
        <Radio.Group
          options={[
            { value: "day", label: say("cycles.by_day") },
            { value: "time", label: say("cycles.by_time", { zone }) },
          ]}
        />
      </Form.Item>
      <div className="beside-each-other">
        <Form.Item name="from" label={say("cycles.from")}>
          <Input type={type} />
        </Form.Item>
        <Form.Item name="until" label={say("cycles.until")}>
          <Input type={type} />
        </Form.Item>
      </div>
      <Both name="description" label={say("cycles.description")} rows={2} maxLength={20_000} />
      {reasoned && (
        <Form.Item
          name="reason"
          label={say("cycles.reason")}
          rules={[{ required: true, message: say("parts.needed") }]}
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      )}
    </>
  );
}
