/** Saying where classified material is kept, in place of sending it. */

import { Form, Input, Select } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Both } from "../parts/entry";
import { useWord } from "../parts/word";
import { NO_WORDS } from "../series/rules";
import { point } from "./queries";
import { type Item, SECRECY } from "./rules";

type Fields = Pick<Schemas["AttachmentPointerIn"], "number" | "secrecy" | "keeper">;

interface Props {
  nomination: string;
  item: Item;
  renew: () => Promise<void>;
}

export function Pointing({ nomination, item, renew }: Props) {
  const { say, of } = useSpeech();
  const word = useWord();
  const send = async (fields: Fields) => {
    await point(nomination, { key: item.key, ...fields });
    await renew();
  };
  return (
    <Asking<Fields, unknown>
      label={say("papers.point")}
      name={say("papers.point_for", { name: of(item.name) })}
      submit={say("parts.save")}
      says={say("papers.point_says")}
      start={{ secrecy: "secret", keeper: NO_WORDS }}
      send={send}
    >
      <Form.Item name="number" label={say("papers.number")} rules={[{ required: true, message: say("parts.needed") }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="secrecy" label={say("papers.secrecy")}>
        <Select options={SECRECY.map((each) => ({ value: each, label: word("secrecy", each) }))} />
      </Form.Item>
      <Both name="keeper" label={say("papers.keeper_is")} />
    </Asking>
  );
}
