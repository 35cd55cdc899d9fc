/** The fields of a programme, for a new one and for one that stands. */

import { Checkbox, Form, Input, Select } from "antd";
import { useSpeech } from "../frame/language";
import { Both } from "../parts/entry";
import { PickOrganisation } from "../parts/picker";
import { Sequence } from "../parts/sequence";
import { useWord } from "../parts/word";
import { DocumentFields } from "../series/fields";
import { NO_WORDS } from "../series/rules";
import { RECURRENCES, STANDINGS, VERBS } from "./rules";

export function ProgrammeFields() {
  const { say } = useSpeech();
  const word = useWord();
  const one = (name: "standing" | "verb" | "recurrence", family: string, values: readonly string[]) => (
    <Form.Item name={name} label={say(`awards.field.${name}`)}>
      <Select allowClear options={values.map((value) => ({ value, label: word(family, value) }))} />
    </Form.Item>
  );
  return (
    <>
      <Both name="name" label={say("awards.field.name")} />
      <div className="beside-each-other">
        {one("standing", "award_standing", STANDINGS)}
        {one("verb", "award_verb", VERBS)}
        {one("recurrence", "recurrence", RECURRENCES)}
      </div>
      <h2>{say("awards.field.basis")}</h2>
      <Both name={["basis", "title"]} label={say("awards.basis_title")} />
      <div className="beside-each-other">
        <Form.Item name={["basis", "number"]} label={say("awards.basis_number")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={["basis", "issued_on"]} label={say("awards.basis_on")}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Both name={["basis", "issuer"]} label={say("awards.basis_issuer")} />
      <h2>{say("awards.field.owners")}</h2>
      <Sequence
        name="owners"
        label={say("awards.owner_n")}
        add={say("awards.add_owner")}
        fresh={{ name: NO_WORDS, organisation_id: null }}
        movable
      >
        {(index) => (
          <>
            <Both name={[index, "name"]} label={say("awards.name")} />
            <Form.Item name={[index, "organisation_id"]} label={say("awards.owner_here")}>
              <PickOrganisation />
            </Form.Item>
          </>
        )}
      </Sequence>
      <h2>{say("awards.field.description")}</h2>
      <Both name="description" label={say("awards.field.description")} rows={3} maxLength={20_000} />
      <Both name="note" label={say("awards.field.note")} rows={2} maxLength={20_000} />
      <Form.Item name="flags" label={say("awards.field.flags")} extra={say("series.flags_help")}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", "，", "、", " "]} />
      </Form.Item>
      <Form.Item name="is_template" valuePropName="checked">
        <Checkbox>{say("awards.field.is_template")}</Checkbox>
      </Form.Item>
      <DocumentFields />
    </>
  );
}
