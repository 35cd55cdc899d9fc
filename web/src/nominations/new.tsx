/** A new nomination: of a unit in a category of a cycle, or one's own with a code that a unit gave out. */

import { Form, Input, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { partsOf } from "../awards/definition";
import { textOf } from "../awards/shown";
import { api, told } from "../api/client";
import { TimeLeft } from "../cycles/left";
import { useCycle, useCycleDefinition } from "../cycles/queries";
import { AwardsNavigation } from "../awards/frame";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { useBalances } from "../quotas/queries";
import { useRenewNominations } from "./queries";
import { useUnit } from "./unit";

interface Fields {
  unit_id: string;
  category: string;
}

export function NewNominationPage() {
  const { say, of } = useSpeech();
  const [search] = useSearchParams();
  const ref = search.get("cycle") ?? "";
  const cycle = useCycle(ref);
  const { data } = useCycleDefinition(ref);
  const unit = useUnit();
  const renew = useRenewNominations();
  const navigate = useNavigate();
  const categories = data ? partsOf(data).categories : [];
  const begin = async (fields: Fields) => {
    const made = await told(api.POST("/api/awards/nominations", { body: { cycle: ref, ...fields } }));
    await renew();
    await navigate(`/awards/nominations/${made.id}`);
  };
  const needed = [{ required: true, message: say("parts.needed") }];
  return (
    <>
      <AwardsNavigation />
      <Heads title={say("nominations.new")} />
      {cycle.data && (
        <>
          <p>{of(cycle.data.name)}</p>
          <TimeLeft cycle={cycle.data.id} />
          <Slots cycle={cycle.data.id} unit={unit} />
        </>
      )}
      {data && (
        <Entry<Fields>
          start={{ unit_id: unit, ...(categories[0] && { category: categories[0].key }) }}
          send={begin}
          submit={say("nominations.begin")}
        >
          <Form.Item name="unit_id" label={say("nominations.unit")} rules={needed}>
            <PickOrganisation />
          </Form.Item>
          <Form.Item name="category" label={say("nominations.category")} rules={needed}>
            <Select options={categories.map(({ key, name }) => ({ value: key, label: of(textOf(name)) }))} />
          </Form.Item>
        </Entry>
      )}
    </>
  );
}

/** How many slots a unit has left; what is counted is told when something is handed in. */
function Slots({ cycle, unit }: { cycle: string; unit: string }) {
  const { say } = useSpeech();
  const { rows } = useBalances(cycle, unit);
  const own = rows?.find(({ unit_id }) => unit_id === unit);
  if (!own) return null;
  const left = own.accounts.reduce((sum, { balance }) => sum + balance, 0);
  return <p>{say("nominations.slots", { n: left })}</p>;
}

export function WithCodePage() {
  const { say } = useSpeech();
  const renew = useRenewNominations();
  const navigate = useNavigate();
  const begin = async (body: { code: string }) => {
    const made = await told(api.POST("/api/awards/nominations/with-code", { body }));
    await renew();
    await navigate(`/awards/nominations/${made.id}`);
  };
  return (
    <>
      <AwardsNavigation />
      <Heads title={say("nominations.with_code")} />
      <p>{say("nominations.with_code_says")}</p>
      <Entry<{ code: string }>
        start={{}}
        send={begin}
        submit={say("nominations.begin")}
        about={{ "code-unknown": ["code"], "code-used": ["code"], "code-withdrawn": ["code"] }}
      >
        <Form.Item name="code" label={say("quotas.code")} rules={[{ required: true, message: say("parts.needed") }]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      </Entry>
    </>
  );
}
