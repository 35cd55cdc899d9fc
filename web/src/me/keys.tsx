/** API keys: made and shown once, listed by their beginnings, ended. */

import { Form, Input, Radio, Skeleton, Tag } from "antd";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { useMoments } from "../parts/moments";
import { Once } from "../parts/once";
import { useKeys, useOwnDeeds } from "./queries";

interface Entered {
  name: string;
  scope: Schemas["KeyScope"];
  until_on?: string;
}

export function Keys() {
  const { say } = useSpeech();
  const { instant: moment } = useMoments();
  const { data: keys, error } = useKeys();
  const { makeKey, endKey } = useOwnDeeds();
  if (!keys) return error ? <Failure error={error} /> : <Skeleton active />;
  return (
    <>
      <p>{say("me.keys_says")}</p>
      <ul className="cards">
        {keys.map((each) => (
          <li key={each.id} className="card">
            <span>
              <b>{each.name}</b> <code>{each.beginning}…</code> <Tag>{say(`key_may.${each.scope}`)}</Tag>
              <br />
              <span className="faint">
                {say("me.key_until", { at: moment(each.expires_at) })} ·{" "}
                {each.used_on ? say("me.used_on", { day: each.used_on }) : say("me.never_used")}
              </span>
            </span>
            <Asking
              label={say("me.end_key")}
              name={say("me.end_key_of", { name: each.name })}
              says={say("me.end_key_says", { name: each.name })}
              submit={say("me.end_key")}
              send={() => endKey(each.id)}
            />
          </li>
        ))}
      </ul>
      <div className="acts">
        <Asking<Entered, Schemas["KeyMadeOut"]>
          label={say("me.make_key")}
          says={say("me.make_key_says")}
          start={{ scope: "read" }}
          send={({ name, scope, until_on }) => makeKey({ name, scope, until_on: until_on || null })}
          shows={({ key }) => <Once label={say("me.key")} value={key} says={say("me.key_once")} />}
        >
          <Form.Item
            name="name"
            label={say("me.key_name")}
            rules={[{ required: true, message: say("signin.required") }]}
          >
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="scope" label={say("me.key_scope")}>
            <Radio.Group
              options={(["read", "write"] as const).map((scope) => ({ value: scope, label: say(`key_may.${scope}`) }))}
            />
          </Form.Item>
          <Form.Item name="until_on" label={say("me.key_last_day")} extra={say("me.key_last_day_says")}>
            <Input type="date" />
          </Form.Item>
        </Asking>
      </div>
    </>
  );
}
