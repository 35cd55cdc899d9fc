/** Slots moved by hand: given out, passed on, reserved, released, returned, transferred; each with a reason. */

import { Form, Input, Select } from "antd";
import { api, told } from "../api/client";
import type { Cycle } from "../cycles/queries";
import { useSpeech } from "../frame/language";
import { useOwner } from "../frame/working";
import { Asking } from "../parts/asking";
import { PickOrganisation, PickOrganisations } from "../parts/picker";
import { useWord } from "../parts/word";
import type { Kinds } from "./page";
import { useRenewQuotas } from "./queries";
import { type Deed, deedsOf, type MoveFields, movesOf, unitsOf } from "./rules";

interface Props {
  cycle: Cycle;
  office: boolean;
  kinds: Kinds;
}

export function Moving({ cycle, office, kinds }: Props) {
  const { say } = useSpeech();
  const word = useWord();
  const own = useOwner();
  const renew = useRenewQuotas();
  const path = { ref: cycle.id };
  const send = async (fields: MoveFields) => {
    const body = { moves: movesOf(fields) };
    await told(api.POST("/api/awards/cycles/{ref}/quotas/entries", { params: { path }, body }));
    await renew();
  };
  const fill = async () => {
    await told(api.POST("/api/awards/cycles/{ref}/quotas/sample", { params: { path } }));
    await renew();
  };
  const start = (move: Deed) => ({
    move,
    category: kinds.categories[0]?.key ?? "",
    group: "",
    from: own,
    to: null,
    several: [],
    amount: "",
    reason: "",
  });
  if (kinds.categories.length === 0) return null;
  return (
    <div className="acts">
      {deedsOf(office).map((move, index) => (
        <Asking<MoveFields, unknown>
          key={move}
          label={word("move", move)}
          says={word("move_means", move)}
          start={start(move)}
          send={(fields) => send({ ...fields, move })}
          primary={index === 0}
        >
          <Fields move={move} kinds={kinds} />
        </Asking>
      ))}
      {office && cycle.rehearsal_of && (
        <Asking<object, unknown> label={say("quotas.sample")} says={say("quotas.sample_says")} send={fill} />
      )}
    </div>
  );
}

function Fields({ move, kinds }: { move: Deed; kinds: Kinds }) {
  const { say } = useSpeech();
  const units = unitsOf(move);
  const needed = [{ required: true, message: say("parts.needed") }];
  const grouped = move === "reserve" || move === "release";
  const choices = (all: Kinds["groups"]) => all.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <>
      {units.from && (
        <Form.Item name="from" label={say("quotas.from")} rules={needed}>
          <PickOrganisation />
        </Form.Item>
      )}
      {units.to === "several" && (
        <Form.Item name="several" label={say("quotas.to_several")} rules={needed}>
          <PickOrganisations />
        </Form.Item>
      )}
      {(units.to === "one" || units.to === "perhaps") && (
        <Form.Item
          name="to"
          label={say(units.to === "one" ? "quotas.to" : "quotas.to_perhaps")}
          rules={units.to === "one" ? needed : []}
        >
          <PickOrganisation />
        </Form.Item>
      )}
      <div className="beside-each-other">
        <Form.Item name="category" label={say("quotas.category")} rules={needed}>
          <Select options={choices(kinds.categories)} />
        </Form.Item>
        {kinds.groups.length > 0 && (
          <Form.Item name="group" label={say("quotas.group")} rules={grouped ? needed : []}>
            <Select
              options={[...(grouped ? [] : [{ value: "", label: say("quotas.anybody") }]), ...choices(kinds.groups)]}
            />
          </Form.Item>
        )}
        <Form.Item
          name="amount"
          label={say("quotas.amount")}
          extra={move === "allocate" ? say("quotas.usual") : undefined}
          rules={move === "allocate" ? [] : needed}
        >
          <Input type="number" min={1} />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={say("quotas.reason")} rules={needed}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}
