/** Recommendation codes: given out and shown this once, to be copied, printed or taken along; and what became of them. */

import { Alert, App, Button, Form, Input, Select } from "antd";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { Cycle } from "../cycles/queries";
import { useSpeech } from "../frame/language";
import { useOwner } from "../frame/working";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { Choose } from "../parts/choose";
import { Moment } from "../parts/moment";
import { keep, linesOf } from "../parts/keeping";
import { Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { numberOf } from "../parts/numbers";
import { PickOrganisation } from "../parts/picker";
import { Table } from "../parts/table";
import { Who } from "../parts/who";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import type { Kinds } from "./page";
import { type Code, useCodes, useRenewQuotas } from "./queries";
import { stateOf } from "./rules";
import "./quotas.css";

interface Fields {
  unit_id: string;
  category: string;
  group: string;
  count: string;
  note: string;
}

const STATES = ["free", "used", "withdrawn"] as const;

export function Codes({ cycle, kinds }: { cycle: Cycle; kinds: Kinds }) {
  const { say } = useSpeech();
  const word = useWord();
  const own = useOwner();
  const renew = useRenewQuotas();
  const [filters, change] = useFilters(["code_state"]);
  const list = useCodes(cycle.id, { unit: "", category: "", state: filters.code_state });
  const path = { ref: cycle.id };
  const give = async ({ count, ...fields }: Fields) => {
    const body = { ...fields, count: numberOf(count) ?? 1 };
    const made = await told(api.POST("/api/awards/cycles/{ref}/codes", { params: { path }, body }));
    await renew();
    return made.codes;
  };
  const withdraw = async (code: Code, body: Schemas["WithdrawIn"]) => {
    const params = { path: { ...path, code_id: code.id }, header: ifMatch(code.version) };
    await told(api.POST("/api/awards/cycles/{ref}/codes/{code_id}/withdraw", { params, body }));
    await renew();
  };
  const needed = [{ required: true, message: say("parts.needed") }];
  const choices = (all: Kinds["groups"]) => all.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <section className="part">
      <h2>{say("quotas.codes")}</h2>
      <p>{say("quotas.codes_says")}</p>
      <div className="filters">
        <Asking<Fields, readonly Schemas["NewCodeOut"][]>
          label={say("quotas.give_codes")}
          says={say("quotas.give_codes_says")}
          start={{ unit_id: own ?? "", category: kinds.categories[0]?.key ?? "", group: "", count: "1", note: "" }}
          send={give}
          shows={(codes) => <Given codes={codes} cycle={cycle} kinds={kinds} />}
        >
          <Form.Item name="unit_id" label={say("quotas.unit")} rules={needed}>
            <PickOrganisation />
          </Form.Item>
          <div className="beside-each-other">
            <Form.Item name="category" label={say("quotas.category")} rules={needed}>
              <Select options={choices(kinds.categories)} />
            </Form.Item>
            {kinds.groups.length > 0 && (
              <Form.Item name="group" label={say("quotas.group")}>
                <Select options={[{ value: "", label: say("quotas.anybody") }, ...choices(kinds.groups)]} />
              </Form.Item>
            )}
            <Form.Item name="count" label={say("quotas.how_many")}>
              <Input type="number" min={1} max={100} />
            </Form.Item>
          </div>
          <Form.Item name="note" label={say("quotas.note")} extra={say("quotas.note_help")}>
            <Input maxLength={200} />
          </Form.Item>
        </Asking>
        <Choose
          label={say("quotas.code_state")}
          value={filters.code_state}
          choices={STATES.map((state) => ({ value: state, label: word("code_state", state) }))}
          onChange={(state) => change({ code_state: state })}
        />
      </div>
      <Listing
        name={say("quotas.codes")}
        list={list}
        keyOf={(code) => code.id}
        empty={say("quotas.no_codes")}
        columns={[
          { key: "ending", title: say("quotas.code"), cell: (code) => <code>{`…${code.ending}`}</code> },
          {
            key: "state",
            title: say("quotas.code_state"),
            cell: (code) => <Mark>{word("code_state", stateOf(code))}</Mark>,
          },
          { key: "unit", title: say("quotas.unit"), cell: (code) => <OrganisationName id={code.unit_id} /> },
          {
            key: "category",
            title: say("quotas.category"),
            cell: (code) => [code.category, code.group].filter(Boolean).map(kinds.nameOf).join(" · "),
          },
          { key: "note", title: say("quotas.note"), cell: (code) => code.note },
          {
            key: "made",
            title: say("quotas.given"),
            cell: (code) => (
              <>
                <Moment at={code.made_at} /> <Who account={code.made_by} />
              </>
            ),
          },
          {
            key: "deeds",
            title: say("cycles.deeds"),
            cell: (code) =>
              stateOf(code) === "free" && (
                <Asking<Schemas["WithdrawIn"], unknown>
                  label={say("quotas.withdraw")}
                  name={say("quotas.withdraw_code", { ending: code.ending })}
                  submit={say("quotas.withdraw")}
                  says={say("quotas.withdraw_says")}
                  send={(body) => withdraw(code, body)}
                >
                  <Form.Item name="reason" label={say("quotas.reason")} rules={needed}>
                    <Input.TextArea rows={2} maxLength={2000} />
                  </Form.Item>
                </Asking>
              ),
          },
        ]}
      />
    </section>
  );
}

interface GivenProps {
  codes: readonly Schemas["NewCodeOut"][];
  cycle: Cycle;
  kinds: Kinds;
}

/** Codes as they were given out, shown this once. */
function Given({ codes, cycle, kinds }: GivenProps) {
  const { say, of } = useSpeech();
  const { message } = App.useApp();
  const heads = [say("quotas.code"), say("quotas.category"), say("quotas.note")];
  const rows = codes.map(({ code, category, group, note }) => [
    code,
    [category, group].filter(Boolean).map(kinds.nameOf).join(" · "),
    note,
  ]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.map(({ code }) => code).join("\n"));
      void message.success(say("parts.copied"));
    } catch {
      void message.warning(say("quotas.copy_by_hand"));
    }
  };
  const keepAll = () => {
    keep(new Blob(["\ufeff", linesOf([heads, ...rows])], { type: "text/csv" }), `codes-${cycle.slug}.csv`);
  };
  return (
    <div className="codes-once">
      <h2>{of(cycle.name)}</h2>
      <Alert type="warning" showIcon title={say("quotas.shown_once")} />
      <Table name={say("quotas.codes")} heads={heads}>
        {rows.map(([code, kind, note]) => (
          <tr key={code}>
            <td>
              <code className="unbroken">{code}</code>
            </td>
            <td>{kind}</td>
            <td>{note}</td>
          </tr>
        ))}
      </Table>
      <div className="acts">
        <Button type="primary" onClick={() => void copy()}>
          {say("quotas.copy_all")}
        </Button>
        <Button onClick={() => print()}>{say("quotas.print")}</Button>
        <Button onClick={keepAll}>{say("quotas.download")}</Button>
      </div>
    </div>
  );
}
