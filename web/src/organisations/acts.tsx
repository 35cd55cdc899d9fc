/** What can be done with an active organisation, each asked about in words that say what happens. */

import { Form, Input } from "antd";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Both } from "../parts/entry";
import { PickOrganisation, PickOrganisations } from "../parts/picker";
import { type Facts, KindField, OwnFields, sent } from "./fields";
import { useOrganisationDeeds } from "./queries";
import type { Organisation } from "./rules";

type Named = Pick<Organisation, "name">;

interface Props {
  each: Organisation;
  /** Whether one administers it, and whether one administers what is above it. */
  tends: boolean;
  places: boolean;
}

export function Acts({ each, tends, places }: Props) {
  const { say, of } = useSpeech();
  const deeds = useOrganisationDeeds();
  const name = of(each.name);
  const day = <DayField />;
  if (!tends) return null;
  return (
    <div className="acts">
      <Asking<Facts, Organisation>
        label={say("organisations.correct")}
        says={say("organisations.correct_says")}
        start={each}
        send={(values) => deeds.correct(each, sent(values))}
        submit={say("parts.save")}
      >
        <Both name="name" label={say("organisations.name")} maxLength={300} />
        <KindField />
        <OwnFields />
      </Asking>
      <Asking<Named & On, Organisation>
        label={say("organisations.rename")}
        says={say("organisations.rename_says", { name })}
        start={{ name: each.name }}
        send={({ name: given, on }) => deeds.rename(each, { name: given, on: on || null })}
      >
        <Both name="name" label={say("organisations.new_name")} maxLength={300} />
        {day}
      </Asking>
      {places && (
        <>
          <Asking<{ parent_id: string } & On, Organisation>
            label={say("organisations.move")}
            says={say("organisations.move_says", { name })}
            send={({ parent_id, on }) => deeds.move(each, { parent_id, on: on || null })}
          >
            <Needed name="parent_id" label={say("organisations.new_parent")} />
            {day}
          </Asking>
          <Asking<{ into_id: string } & On, Organisation>
            label={say("organisations.merge")}
            says={say("organisations.merge_says", { name })}
            send={({ into_id, on }) => deeds.merge(each, { into_id, on: on || null })}
          >
            <Needed name="into_id" label={say("organisations.merge_into")} />
            {day}
          </Asking>
          <Asking<{ into_ids: string[] } & On, Organisation>
            label={say("organisations.split")}
            says={say("organisations.split_says", { name })}
            send={({ into_ids, on }) => deeds.split(each, { into_ids, on: on || null })}
          >
            <Form.Item
              name="into_ids"
              label={say("organisations.split_into")}
              rules={[{ required: true, type: "array", min: 2, message: say("organisations.split_two") }]}
            >
              <PickOrganisations />
            </Form.Item>
            {day}
          </Asking>
          <Asking<On, Organisation>
            label={say("organisations.close")}
            says={say("organisations.close_says", { name })}
            send={({ on }) => deeds.close(each, { on: on || null })}
          >
            {day}
          </Asking>
        </>
      )}
    </div>
  );
}

interface On {
  on?: string;
}

function DayField() {
  const { say } = useSpeech();
  return (
    <Form.Item name="on" label={say("organisations.on")} extra={say("organisations.on_says")}>
      <Input type="date" />
    </Form.Item>
  );
}

function Needed({ name, label }: { name: string; label: string }) {
  const { say } = useSpeech();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: say("signin.required") }]}>
      <PickOrganisation />
    </Form.Item>
  );
}
