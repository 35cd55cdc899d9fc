/** A new organisation below another. */

import { Form, Input } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { useSpeech } from "../frame/language";
import { useOwner } from "../frame/working";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { type Facts, KindField, OwnFields, sent } from "./fields";
import { useOrganisationDeeds } from "./queries";

interface Entered extends Facts {
  slug: string;
  parent_id: string;
}

export function OpeningPage() {
  const { say } = useSpeech();
  const go = useNavigate();
  const [search] = useSearchParams();
  const deeds = useOrganisationDeeds();
  const own = useOwner();
  const parent = search.get("parent") ?? own;
  const needed = [{ required: true, message: say("signin.required") }];
  return (
    <>
      <Heads title={say("organisations.new")} />
      <Entry<Entered>
        start={{ ...(parent && { parent_id: parent }), kind: "society" }}
        submit={say("organisations.open")}
        about={{ "slug-taken": ["slug"] }}
        send={async (values) => {
          const { slug } = await deeds.open({ ...sent(values), slug: values.slug, parent_id: values.parent_id });
          await go(`/organisations/${slug}`);
        }}
      >
        <Both name="name" label={say("organisations.name")} maxLength={300} />
        <Form.Item name="parent_id" label={say("organisations.stands_below")} rules={needed}>
          <PickOrganisation />
        </Form.Item>
        <KindField />
        <Form.Item name="slug" label={say("organisations.slug")} extra={say("organisations.slug_says")} rules={needed}>
          <Input maxLength={80} />
        </Form.Item>
        <OwnFields />
      </Entry>
    </>
  );
}
