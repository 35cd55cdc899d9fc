/** A new cycle of a programme: it takes over the programme's definition as it is now. */

import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { SlugField } from "../awards/new";
import { PickProgramme } from "../awards/pick";
import { readProgramme } from "../awards/queries";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { numberOf } from "../parts/numbers";
import { NO_WORDS } from "../series/rules";
import { useRenewCycles } from "./queries";

interface New extends Omit<Schemas["CycleIn"], "number"> {
  number: string;
}

const ZONES = Intl.supportedValuesOf("timeZone");

export function NewCyclePage() {
  const { say, of } = useSpeech();
  const [search] = useSearchParams();
  const renew = useRenewCycles();
  const navigate = useNavigate();
  const [form] = Form.useForm<New>();
  const chosen = Form.useWatch<string | undefined>("programme_id", form) ?? search.get("programme") ?? "";
  const { data: programme } = useQuery({
    queryKey: ["programme", chosen],
    queryFn: () => readProgramme(chosen),
    enabled: chosen !== "",
  });
  const send = async ({ number, ...values }: New) => {
    const body = { ...values, number: numberOf(number) };
    const made = await told(api.POST("/api/awards/cycles", { body }));
    await renew();
    await navigate(`/awards/cycles/${made.slug}`);
  };
  return (
    <>
      <Heads title={say("cycles.new")} />
      <p>{say("cycles.new_help")}</p>
      <Entry<New>
        form={form}
        start={{
          programme_id: search.get("programme") ?? "",
          name: NO_WORDS,
          description: NO_WORDS,
          number: "",
          zone: "Asia/Shanghai",
        }}
        send={send}
        submit={say("cycles.create")}
        about={{ "slug-taken": ["slug"], "may-not-be-called-award": ["name", "zh"] }}
      >
        <Form.Item
          name="programme_id"
          label={say("cycles.programme")}
          rules={[{ required: true, message: say("parts.needed") }]}
          extra={
            programme && programme.missing.length > 0
              ? say("cycles.incomplete", { name: of(programme.name), n: programme.missing.length })
              : undefined
          }
        >
          <PickProgramme />
        </Form.Item>
        <div className="beside-each-other">
          <SlugField />
          <Form.Item name="number" label={say("cycles.number")} extra={say("cycles.number_help")}>
            <Input type="number" min={1} />
          </Form.Item>
          <Form.Item name="zone" label={say("cycles.zone")} extra={say("cycles.zone_help")}>
            <Select showSearch options={ZONES.map((zone) => ({ value: zone, label: zone }))} />
          </Form.Item>
        </div>
        <Both name="name" label={say("cycles.name")} />
        <Both name="description" label={say("cycles.description")} rows={3} maxLength={20_000} />
      </Entry>
    </>
  );
}
