/** Putting a deadline off: for all, for a unit and what is below it, or for one nomination; and what was put off. */

import { Form, Input, Radio } from "antd";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import type { Row } from "../nominations/queries";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { Moment } from "../parts/moment";
import { Both } from "../parts/entry";
import { Listing } from "../parts/listing";
import { Picker, PickOrganisation, type Source } from "../parts/picker";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { NO_WORDS } from "../series/rules";
import { type Cycle, type Stage, useExtensions, useRenewCycles } from "./queries";
import { wall } from "./rules";

interface Fields {
  whom: "all" | "unit" | "nomination";
  unit_id: string | null;
  nomination_id: string | null;
  until: string;
  reason: string;
  notice: Schemas["AwardsText-Input"];
}

export function Extend({ cycle, stage }: { cycle: Cycle; stage: Stage }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const renew = useRenewCycles();
  const name = of(stage.title) || word("stage_kind", stage.kind);
  const send = async ({ whom, unit_id, nomination_id, until, ...rest }: Fields) => {
    const body = {
      ...rest,
      stage_id: stage.id,
      until_local: wall(until) ?? "",
      unit_id: whom === "all" ? null : unit_id,
      nomination_id: whom === "nomination" ? nomination_id : null,
    };
    await told(api.POST("/api/awards/cycles/{ref}/extensions", { params: { path: { ref: cycle.id } }, body }));
    await renew();
  };
  return (
    <Asking<Fields, unknown>
      label={say("cycles.extend")}
      name={say("cycles.extend_what", { name })}
      submit={say("cycles.extend")}
      says={say("cycles.extend_says")}
      start={{ whom: "all", until: stage.at_local?.slice(0, 16) ?? "", reason: "", notice: NO_WORDS }}
      send={send}
    >
      <ExtendFields zone={stage.zone ?? cycle.zone} cycle={cycle.id} />
    </Asking>
  );
}

/** At the end of the address of a nomination stands its id. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Return the nominations of a unit: what was handed in by name or number, a draft, which its unit alone reads, by its address. */
function nominationsOf(cycle: string, unit: string): Source {
  const plain = (words: string) => ({ zh: words, en: words });
  const called = ({ id, name, number }: Row) => ({ id, name: plain([name, number].filter(Boolean).join(" · ") || id) });
  return {
    kind: `nomination ${cycle} ${unit}`,
    find: async (q) => {
      const [id] = ID.exec(q.trim()) ?? [];
      if (id) return [{ id, name: plain(id) }];
      const query = { cycle, unit, limit: 20, ...(q && { q }) };
      return (await told(api.GET("/api/awards/nominations", { params: { query } }))).items.map(called);
    },
    get: (id) => Promise.resolve({ id, name: plain(id) }),
  };
}

function ExtendFields({ zone, cycle }: { zone: string; cycle: string }) {
  const { say } = useSpeech();
  const whom = Form.useWatch<Fields["whom"] | undefined>("whom");
  const unit = Form.useWatch<string | null | undefined>("unit_id");
  const needed = [{ required: true, message: say("parts.needed") }];
  return (
    <>
      <Form.Item name="until" label={say("cycles.new_deadline", { zone })} rules={needed}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="whom" label={say("cycles.for_whom")}>
        <Radio.Group
          options={[
            { value: "all", label: say("cycles.for_all") },
            { value: "unit", label: say("cycles.for_unit") },
            { value: "nomination", label: say("cycles.for_nomination") },
          ]}
        />
      </Form.Item>
      {whom && whom !== "all" && (
        <Form.Item name="unit_id" label={say("cycles.unit")} rules={needed}>
          <PickOrganisation />
        </Form.Item>
      )}
      {whom === "nomination" && (
        <Form.Item
          name="nomination_id"
          label={say("cycles.nomination_id")}
          extra={say("cycles.nomination_help")}
          rules={needed}
        >
          <Picker source={nominationsOf(cycle, unit ?? "")} disabled={!unit} hint={say("cycles.nomination_hint")} />
        </Form.Item>
      )}
      <Form.Item name="reason" label={say("cycles.reason")} rules={needed}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Both name="notice" label={say("cycles.notice")} rows={2} />
    </>
  );
}

interface ListProps {
  cycle: Cycle;
  nameOf: (stage: string) => string;
}

export function Extensions({ cycle, nameOf }: ListProps) {
  const { say, of } = useSpeech();
  const list = useExtensions(cycle.id);
  const minutes = (time: string) => time.slice(0, 16).replace("T", " ");
  return (
    <section className="part">
      <h2>{say("cycles.extensions")}</h2>
      <Listing
        name={say("cycles.extensions")}
        list={list}
        keyOf={(each) => each.id}
        empty={say("cycles.no_extensions")}
        columns={[
          { key: "stage", title: say("cycles.stage"), cell: (each) => nameOf(each.stage_id) },
          {
            key: "until",
            title: say("cycles.put_off_to"),
            cell: (each) => (
              <>
                <s className="faint">{minutes(each.was_local)}</s> → <b>{minutes(each.until_local)}</b>{" "}
                <small>{each.zone}</small>
              </>
            ),
          },
          {
            key: "whom",
            title: say("cycles.for_whom"),
            cell: (each) =>
              each.unit_id ? (
                <>
                  <OrganisationName id={each.unit_id} />
                  {each.nomination_id && <div className="faint">{each.nomination_id}</div>}
                </>
              ) : (
                say("cycles.for_all")
              ),
          },
          {
            key: "why",
            title: say("cycles.reason"),
            cell: (each) => (
              <>
                {each.reason}
                {of(each.notice) && <div className="faint">{of(each.notice)}</div>}
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
