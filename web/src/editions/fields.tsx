/** The fields of an edition, in sections: for a new one, for the next of a series, and for one that stands. */

import { Checkbox, Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { Both } from "../parts/entry";
import { PickOrganisation } from "../parts/picker";
import { Sequence } from "../parts/sequence";
import { NO_WORDS } from "../series/rules";
import { MODES, PRECISIONS, ROLES } from "./rules";

/** Which fields the refusals that name none are about. */
export const ABOUT = { "slug-taken": ["slug"], "dates-backwards": ["ends_on"] } as const;

const ZONES = Intl.supportedValuesOf("timeZone");

interface FieldProps {
  name: string | string[];
  children: ReactNode;
  extra?: string;
  required?: boolean;
}

/** One field under its label. */
function Field({ name, children, ...rest }: FieldProps) {
  const word = useWord();
  const label = word("edition.field", typeof name === "string" ? name : name.join("_"));
  return (
    <Form.Item name={name} label={label} {...rest}>
      {children}
    </Form.Item>
  );
}

function Tick({ name }: { name: string }) {
  const word = useWord();
  return (
    <Form.Item name={name} valuePropName="checked">
      <Checkbox>{word("edition.field", name)}</Checkbox>
    </Form.Item>
  );
}

interface OneOfProps {
  name: string | [number, string];
  family: string;
  values: readonly string[];
}

/** One of the values of the API, of which `family` has the words. */
function OneOf({ name, family, values }: OneOfProps) {
  const word = useWord();
  return (
    <Form.Item name={name} label={word("edition.field", typeof name === "string" ? name : name[1])}>
      <Select options={values.map((value) => ({ value, label: word(family, value) }))} />
    </Form.Item>
  );
}

export function Naming() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.naming")}</h2>
      <Both name="name" label={say("edition.field.name")} />
      <div className="beside-each-other">
        <Field name="slug" extra={say("edition.slug_help")} required>
          <Input maxLength={80} autoComplete="off" />
        </Field>
        <Field name="number" extra={say("edition.number_help")}>
          <InputNumber min={1} max={10_000} controls={false} />
        </Field>
        <Field name="acronym">
          <Input maxLength={200} />
        </Field>
      </div>
      <Both name="subtitle" label={say("edition.field.subtitle")} />
      <Both name="description" label={say("edition.field.description")} rows={4} maxLength={20_000} />
    </>
  );
}

export function Days() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.days")}</h2>
      <div className="beside-each-other">
        <Field name="starts_on">
          <Input type="date" />
        </Field>
        <Field name="ends_on">
          <Input type="date" />
        </Field>
        <OneOf name="date_precision" family="date_precision" values={PRECISIONS} />
      </div>
      <Tick name="tentative" />
    </>
  );
}

export function Place() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.place")}</h2>
      <Both name="city" label={say("edition.field.city")} />
      <Both name="venue_text" label={say("edition.field.venue_text")} />
      <div className="beside-each-other">
        <Field name="country" extra={say("edition.country_help")}>
          <Input maxLength={2} autoComplete="off" />
        </Field>
        <Field name="zone">
          <Input maxLength={64} list="zones" autoComplete="off" />
        </Field>
        <OneOf name="attendance_mode" family="attendance_mode" values={MODES} />
      </div>
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

export function Programme() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.programme")}</h2>
      <Tick name="has_programme" />
      <div className="beside-each-other">
        <Field name="hours_start">
          <Input type="time" />
        </Field>
        <Field name="hours_end">
          <Input type="time" />
        </Field>
        <Field name="day_change" extra={say("edition.day_change_help")}>
          <Input type="time" />
        </Field>
        <Field name="slot_minutes">
          <InputNumber min={1} max={1440} controls={false} />
        </Field>
        <Field name="language">
          <Input maxLength={20} />
        </Field>
      </div>
    </>
  );
}

export function Organisations() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.field.organisations")}</h2>
      <p className="faint">{say("edition.organisations_help")}</p>
      <Sequence
        name="organisations"
        label={say("edition.organisation")}
        add={say("edition.add_organisation")}
        fresh={{ role: "host", name: NO_WORDS }}
        movable
      >
        {(index) => (
          <>
            <div className="beside-each-other">
              <OneOf name={[index, "role"]} family="role" values={ROLES} />
              <Form.Item name={[index, "organisation_id"]} label={say("edition.in_directory")}>
                <PickOrganisation />
              </Form.Item>
            </div>
            <Both name={[index, "name"]} label={say("edition.as_printed")} />
          </>
        )}
      </Sequence>
    </>
  );
}

export function Secretariat() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.field.secretariat")}</h2>
      <Both name="secretariat" label={say("edition.field.secretariat")} />
      <div className="beside-each-other">
        <Field name="contact_email">
          <Input type="email" maxLength={254} autoComplete="off" />
        </Field>
        <Field name="contact_phone">
          <Input type="tel" maxLength={80} autoComplete="off" />
        </Field>
      </div>
    </>
  );
}

export function Approvals() {
  const { say } = useSpeech();
  return (
    <>
      <h2>{say("edition.field.approval")}</h2>
      <Both name={["approval", "authority"]} label={say("edition.field.approval_authority")} />
      <div className="beside-each-other">
        <Field name={["approval", "number"]}>
          <Input maxLength={200} />
        </Field>
        <Field name={["approval", "approved_on"]}>
          <Input type="date" />
        </Field>
        <Field name={["approval", "heads"]}>
          <InputNumber min={0} controls={false} />
        </Field>
        <Field name={["approval", "days"]}>
          <InputNumber min={0} max={1000} controls={false} />
        </Field>
      </div>
      <Tick name="requires_approval" />
      <p className="faint">{say("edition.requires_approval_help")}</p>
    </>
  );
}
