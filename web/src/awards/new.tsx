/** A new programme. */

import { Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { useOwner } from "../frame/working";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { ProgrammeFields } from "./fields";
import { useRenewProgrammes } from "./queries";
import { NOTHING, sent } from "./rules";

type New = Schemas["ProgrammeIn"];

/** Which field a refusal is about that names none. */
export const ABOUT = { "slug-taken": ["slug"], "may-not-be-called-award": ["name", "zh"] } as const;

export function NewProgrammePage() {
  const { say } = useSpeech();
  const home = useMe().data?.organisation_id;
  const own = useOwner() ?? home;
  const renew = useRenewProgrammes();
  const navigate = useNavigate();
  const open = async (values: New) => {
    const made = await told(api.POST("/api/awards/programmes", { body: sent(values) }));
    await renew();
    await navigate(`/awards/programmes/${made.slug}`);
  };
  return (
    <>
      <Heads title={say("awards.new")} />
      <Entry<New>
        start={{ ...NOTHING, ...(own && { owner_id: own }) }}
        send={open}
        submit={say("awards.create")}
        about={ABOUT}
      >
        <div className="beside-each-other">
          <SlugField />
          <Form.Item name="owner_id" label={say("awards.owner")}>
            <PickOrganisation />
          </Form.Item>
        </div>
        <ProgrammeFields />
      </Entry>
    </>
  );
}

/** By what something is called in addresses, for good. */
export function SlugField() {
  const { say } = useSpeech();
  return (
    <Form.Item name="slug" label={say("awards.slug")} extra={say("awards.slug_help")} rules={[{ required: true }]}>
      <Input maxLength={80} autoComplete="off" />
    </Form.Item>
  );
}
