/** The fields of a series, for a new one and for one that stands. */

import { Form, Input, Select } from "antd";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { Both } from "../parts/entry";
import { Sequence } from "../parts/sequence";
import { PickSeries } from "./pick";
import { CADENCES, KINDS, NO_WORDS } from "./rules";

export function SeriesFields() {
  const { say } = useSpeech();
  const word = useWord();
  return (
    <>
      <Both name="name" label={say("series.field.name")} />
      <div className="beside-each-other">
        <Form.Item name="kind" label={say("series.field.kind")}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: word("kind", kind) }))} />
        </Form.Item>
        <Form.Item name="cadence" label={say("series.field.cadence")}>
          <Select allowClear options={CADENCES.map((each) => ({ value: each, label: word("cadence", each) }))} />
        </Form.Item>
        <Form.Item name="umbrella_id" label={say("series.field.umbrella_id")}>
          <PickSeries />
        </Form.Item>
      </div>
      <Form.Item name="flags" label={say("series.field.flags")} extra={say("series.flags_help")}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", "，", "、", " "]} />
      </Form.Item>
      <Both name="description" label={say("series.field.description")} rows={3} maxLength={20_000} />
      <Both name="note" label={say("series.field.note")} rows={2} maxLength={20_000} />
      <h2>{say("series.field.aliases")}</h2>
      <Sequence name="aliases" label={say("series.alias")} add={say("series.add_alias")} fresh={{ name: NO_WORDS }}>
        {(index) => (
          <>
            <Both name={[index, "name"]} label={say("series.field.name")} />
            <div className="beside-each-other">
              <Form.Item name={[index, "from_on"]} label={say("series.from_on")}>
                <Input type="date" />
              </Form.Item>
              <Form.Item name={[index, "until_on"]} label={say("series.until_on")}>
                <Input type="date" />
              </Form.Item>
            </div>
          </>
        )}
      </Sequence>
      <DocumentFields />
    </>
  );
}

/** The plan documents that name something. */
export function DocumentFields() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("series.field.documents")}</h2>
      <Sequence
        name="documents"
        label={say("series.document")}
        add={say("series.add_document")}
        fresh={{ code: "", title: NO_WORDS }}
      >
        {(index) => (
          <>
            <div className="beside-each-other">
              <Form.Item name={[index, "code"]} label={say("series.code")}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name={[index, "issued_on"]} label={say("series.issued_on")}>
                <Input type="date" />
              </Form.Item>
            </div>
            <Both name={[index, "title"]} label={say("series.document_title")} />
          </>
        )}
      </Sequence>
    </>
  );
}
