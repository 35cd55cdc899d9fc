/** The fields of an account, as forms ask for them. */

import { Checkbox, Form, Input, Select } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Both } from "../parts/entry";
import { PickOrganisation } from "../parts/picker";

export type Own = Required<Schemas["OwnPatch"]>;

export interface Entered extends Own {
  email?: string | null;
  phone?: string | null;
  organisation_id: string;
}

const ZONES = Intl.supportedValuesOf("timeZone");

/** Return what a form holds as it is sent: what was left empty is not there. */
export function sent({ email, phone, organisation_id, ...own }: Entered) {
  return { ...sentOwn(own), email: email || null, phone: phone || null, organisation_id };
}

export function sentOwn({ name, family_name_first, language, zone }: Own): Own {
  return { name, family_name_first, language, zone };
}

/** What people change of their own account, too. */
export function OwnFields() {
  const { say } = useSpeech();
  return (
    <>
      <Both name="name" label={say("accounts.name")} maxLength={300} />
      <Form.Item name="family_name_first" valuePropName="checked">
        <Checkbox>{say("accounts.family_name_first")}</Checkbox>
      </Form.Item>
      <div className="both">
        <Form.Item name="language" label={say("accounts.language")}>
          <Select
            options={[
              { value: "zh", label: "中文" },
              { value: "en", label: "English" },
            ]}
          />
        </Form.Item>
        <Form.Item name="zone" label={say("accounts.zone")}>
          <Select showSearch options={ZONES.map((zone) => ({ value: zone, label: zone }))} />
        </Form.Item>
      </div>
    </>
  );
}

export function AccountFields() {
  const { say } = useSpeech();
  return (
    <>
      <OwnFields />
      <div className="both">
        <Form.Item name="email" label={say("accounts.email")}>
          <Input inputMode="email" autoComplete="off" maxLength={254} />
        </Form.Item>
        <Form.Item name="phone" label={say("accounts.phone")} extra={say("accounts.phone_says")}>
          <Input type="tel" autoComplete="off" maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item
        name="organisation_id"
        label={say("accounts.organisation")}
        rules={[{ required: true, message: say("signin.required") }]}
      >
        <PickOrganisation />
      </Form.Item>
    </>
  );
}

/** From which day until which. */
export function FromUntil() {
  const { say } = useSpeech();
  return (
    <div className="both">
      <Form.Item name="from_on" label={say("grants.from_on")} extra={say("grants.from_says")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="until_on" label={say("grants.until_on")} extra={say("grants.until_says")}>
        <Input type="date" />
      </Form.Item>
    </div>
  );
}
