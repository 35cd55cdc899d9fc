/** What holds in a cycle: its definition as it was frozen, changed as long as it is a draft, and amended from then on. */

import { Alert, Form, Input } from "antd";
import { useState } from "react";
import { DefinitionInWords } from "../awards/definition";
import { type Parts, PartsEditor } from "../awards/defining";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Confirm } from "../parts/confirm";
import { Moment } from "../parts/moment";
import { Both } from "../parts/entry";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { today } from "../parts/moments";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { NO_WORDS } from "../series/rules";
import { type Cycle, useAmendments, useCycleDefinition, useRenewCycles, useThisCycle } from "./queries";

export function CycleDefinitionPage() {
  const { say, of } = useSpeech();
  const { cycle, office } = useThisCycle();
  const [number, setNumber] = useState<number>();
  const { data, error } = useCycleDefinition(cycle.id, number);
  const numbers = Array.from({ length: cycle.definition }, (_, index) => String(index + 1));
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("awards.definition")}`} />
      {cycle.definition > 1 && (
        <div className="filters">
          <label>
            {say("cycles.which")}
            <OneOf
              aria-label={say("cycles.which")}
              value={number === undefined ? "" : String(number)}
              none={say("cycles.holds_today")}
              options={numbers.map((each) => [each, say("cycles.number_n", { n: each })] as const)}
              onChange={(chosen) => setNumber(chosen ? Number(chosen) : undefined)}
            />
          </label>
        </div>
      )}
      {error && <Failure error={error} />}
      {data && <DefinitionInWords definition={data} />}
      <Amendments cycle={cycle} />
      {office && data && number === undefined && <Change cycle={cycle} definition={data} />}
    </>
  );
}

function Amendments({ cycle }: { cycle: Cycle }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const list = useAmendments(cycle.id);
  if (cycle.state === "draft") return null;
  return (
    <section className="part">
      <h2>{say("cycles.amendments")}</h2>
      <Listing
        name={say("cycles.amendments")}
        list={list}
        keyOf={(each) => String(each.number)}
        empty={say("cycles.no_amendments")}
        columns={[
          { key: "number", title: say("cycles.which"), cell: (each) => say("cycles.number_n", { n: each.number }) },
          { key: "on", title: say("cycles.effective_on"), cell: (each) => each.effective_on },
          {
            key: "what",
            title: say("cycles.amends"),
            cell: (each) => each.changed.map((part) => word("awards.field", part)).join(say("awards.comma")),
          },
          {
            key: "why",
            title: say("cycles.reason"),
            cell: (each) => (
              <>
                {each.reason}
                <div className="faint">{of(each.notice)}</div>
              </>
            ),
          },
          {
            key: "who",
            title: say("parts.who"),
            cell: (each) => (
              <>
                <Who account={each.made_by} />
                <div>
                  <Moment at={each.made_at} />
                </div>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

interface ChangeProps {
  cycle: Cycle;
  definition: Schemas["CycleDefinitionOut"];
}

/** What its award office may do with the definition: change a draft's, amend what was announced. */
function Change({ cycle, definition }: ChangeProps) {
  const { say } = useSpeech();
  const renew = useRenewCycles();
  const path = { ref: cycle.id };
  if (cycle.state === "draft") {
    const save = async (body: Parts, version: number) => {
      const params = { path, header: ifMatch(version) };
      const changed = await told(api.PATCH("/api/awards/cycles/{ref}/definition", { params, body }));
      await renew();
      return changed;
    };
    const takeOver = async () => {
      const params = { path, header: ifMatch(cycle.version) };
      await told(api.POST("/api/awards/cycles/{ref}/definition/take-over", { params }));
      await renew();
    };
    return (
      <section className="part">
        <h2>{say("awards.change_as_json")}</h2>
        <p>{say("awards.json_help")}</p>
        <div className="acts">
          <Confirm label={say("cycles.take_over")} question={say("cycles.take_over")} act={takeOver}>
            {say("cycles.take_over_means")}
          </Confirm>
        </div>
        <PartsEditor definition={editable(definition)} save={save} />
      </section>
    );
  }
  if (cycle.state !== "open" && cycle.state !== "closed") return null;
  return <Amend cycle={cycle} definition={definition} />;
}

/** Return the parts of a cycle's definition that are edited: its stages stand apart. */
function editable(definition: Schemas["CycleDefinitionOut"]) {
  const { categories, routes, unit_notice_days, groups, limits, quotas, objection_window, version } = definition;
  return { categories, routes, unit_notice_days, groups, limits, quotas, objection_window, version };
}

type Said = Pick<Schemas["AmendmentIn"], "effective_on" | "reason" | "notice">;

function Amend({ cycle, definition }: ChangeProps) {
  const { say } = useSpeech();
  const renew = useRenewCycles();
  const [form] = Form.useForm<Said>();
  const save = async (changes: Parts, version: number) => {
    const said = await form.validateFields().catch(() => null);
    if (!said) return { version };
    const params = { path: { ref: cycle.id }, header: ifMatch(version) };
    const body = { ...said, changes };
    const changed = await told(api.POST("/api/awards/cycles/{ref}/amendments", { params, body }));
    await renew();
    return changed;
  };
  return (
    <section className="part">
      <h2>{say("cycles.amend")}</h2>
      <Alert type="info" showIcon title={say("cycles.amend_says")} />
      <Form<Said> form={form} layout="vertical" initialValues={{ effective_on: today(), notice: NO_WORDS }}>
        <AmendFields />
      </Form>
      <PartsEditor definition={editable(definition)} save={save} />
    </section>
  );
}

/** What every amendment says: from which day on, why, and what is told. */
export function AmendFields() {
  const { say } = useSpeech();
  const needed = [{ required: true, message: say("parts.needed") }];
  return (
    <>
      <div className="beside-each-other">
        <Form.Item name="effective_on" label={say("cycles.effective_on")} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="reason" label={say("cycles.reason")} rules={needed}>
          <Input maxLength={2000} />
        </Form.Item>
      </div>
      <Both name="notice" label={say("cycles.notice")} rows={2} />
    </>
  );
}
