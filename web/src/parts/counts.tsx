/** How many there are of things by their names, as rows of a form. */

import { Form, Input } from "antd";
import { useSpeech } from "../frame/language";
import { Lines } from "./lines";

export function Counts({ name, legend }: { name: string; legend: string }) {
  const { say } = useSpeech();
  return (
    <Lines name={name} legend={legend} blank={{ name: "", count: "1" }}>
      {(row) => (
        <>
          <Form.Item name={[row, "name"]} rules={[{ required: true, message: say("parts.needed") }]}>
            <Input maxLength={200} aria-label={say("parts.count_name", { what: legend, n: row + 1 })} />
          </Form.Item>
          <Form.Item name={[row, "count"]}>
            <Input type="number" min={0} aria-label={say("parts.count", { what: legend, n: row + 1 })} />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}
