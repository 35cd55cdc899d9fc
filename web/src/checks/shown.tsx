/** What is shown of a nomination that is checked: where it stands, its clock, and what was handed in, to be read. */

import { Button, Form, Input } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { columnsOf, type Field, type FieldSchema, type FormDefinition, kindOf, schemaOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { useNow } from "../cycles/left";
import { leftUntil } from "../cycles/rules";
import { useSpeech } from "../frame/language";
import { idOf } from "../nominations/fields";
import { Asking } from "../parts/asking";
import { inWords } from "../parts/differences";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { openNumber } from "./queries";
import type { Remarks, Standing } from "./rules";

const KINDS: Partial<Record<Standing, "fine" | "warns" | "bars">> = {
  passed: "fine",
  second: "warns",
  overdue: "bars",
};

export function StandingTag({ standing }: { standing: Standing }) {
  const word = useWord();
  return <Mark kind={KINDS[standing] ?? "plain"}>{word("standing", standing)}</Mark>;
}

/** How much time is left until an instant, by a clock that goes `ahead` of this one. */
export function Clock({ until, ahead }: { until: string; ahead: number }) {
  const { say } = useSpeech();
  const now = useNow(ahead);
  const left = leftUntil(until, now);
  const clock = left && [left.hours, left.minutes, left.seconds].map((part) => String(part).padStart(2, "0")).join(":");
  return (
    <span className={left && left.days > 1 ? "clock" : "clock warned"} role="timer">
      {!left && say("cycles.over")}
      {left &&
        (left.days > 0
          ? say("cycles.left_days", { days: left.days, hours: left.hours })
          : say("cycles.left_hours", { clock: clock ?? "" }))}
    </span>
  );
}

interface ContentProps {
  /** Of which nomination it is. */
  nomination: string;
  form: FormDefinition;
  content: Readonly<Record<string, unknown>>;
  remarks: Remarks;
  /** Say what is meant of a field; nothing, where it cannot be said now. */
  remark: ((pointer: string, words: string | undefined) => void) | undefined;
}

/** What was handed in, by the sections of the form. */
export function Content({ form, content, ...rest }: ContentProps) {
  const { of } = useSpeech();
  return form.layout.sections.map((section, index) => (
    <section key={index} className="form-part">
      <h2>{of(textOf(section.title))}</h2>
      <Values {...rest} fields={section.fields} schema={schemaOf(form)} values={content} at="/content" />
    </section>
  ));
}

interface ValuesProps extends Omit<ContentProps, "form" | "content"> {
  fields: readonly Field[];
  schema: FieldSchema;
  values: Readonly<Record<string, unknown>>;
  at: string;
}

function Values({ fields, schema, values, at, ...rest }: ValuesProps) {
  const { of } = useSpeech();
  return (
    <dl className="values">
      {fields.map((field) => {
        const pointer = `${at}/${field.name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const own = schema.properties?.[field.name] ?? {};
        const long = ["long", "list", "group", "texts"].includes(kindOf(own));
        return (
          <div key={field.name} id={idOf(pointer)} tabIndex={-1} className={long ? "long" : ""}>
            <dt>
              {of(textOf(field.label))} <Remarking pointer={pointer} name={of(textOf(field.label))} {...rest} />
            </dt>
            <dd>
              <Value {...rest} field={field} schema={own} value={values[field.name]} pointer={pointer} />
              <RemarkOf pointer={pointer} name={of(textOf(field.label))} {...rest} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface RemarkProps extends Pick<ContentProps, "remarks" | "remark"> {
  pointer: string;
  name: string;
}

function Remarking({ pointer, name, remarks, remark }: RemarkProps) {
  const { say } = useSpeech();
  if (!remark || remarks[pointer] !== undefined) return null;
  return (
    <Button
      type="text"
      size="small"
      aria-label={say("checks.remark_on", { name })}
      title={say("checks.remark_on", { name })}
      onClick={() => remark(pointer, "")}
      className="remarking"
    >
      <span aria-hidden="true">✎</span>
    </Button>
  );
}

function RemarkOf({ pointer, name, remarks, remark }: RemarkProps) {
  const { say } = useSpeech();
  const words = remarks[pointer];
  if (!remark || words === undefined) return null;
  return (
    <div className="remark">
      <Input.TextArea
        aria-label={say("checks.remark_on", { name })}
        autoFocus
        rows={2}
        maxLength={500}
        value={words}
        onChange={({ target }) => remark(pointer, target.value)}
      />
      <Button size="small" onClick={() => remark(pointer, undefined)}>
        {say("parts.remove")}
      </Button>
    </div>
  );
}

interface ValueProps extends Omit<ContentProps, "form" | "content"> {
  field: Field;
  schema: FieldSchema;
  value: unknown;
  pointer: string;
}

function Value({ field, schema, value, pointer, ...rest }: ValueProps) {
  const { say, of } = useSpeech();
  const kind = kindOf(schema);
  const named = (each: unknown) => (typeof each === "string" && of(textOf(field.options?.[each]))) || inWords(each);
  const fields = field.fields ?? [];
  if (value === undefined || value === null || value === "") return <span className="faint">–</span>;
  if (kind === "flag") return say(value === true ? "checks.yes" : "checks.no");
  if (kind === "identity" && typeof value === "string")
    return <Identity nomination={rest.nomination} pointer={pointer} masked={value} name={of(textOf(field.label))} />;
  if (kind === "group" && typeof value === "object")
    return <Values {...rest} fields={fields} schema={schema} values={value as Record<string, unknown>} at={pointer} />;
  if (kind === "list" && Array.isArray(value)) {
    if (value.length === 0) return say("checks.there_is_none");
    return (
      <ol className="rows-of">
        {(value as Record<string, unknown>[]).map((row, index) => (
          <li key={index} id={idOf(`${pointer}/${index}`)} tabIndex={-1}>
            <Values {...rest} fields={fields} schema={columnsOf(schema)} values={row} at={`${pointer}/${index}`} />
          </li>
        ))}
      </ol>
    );
  }
  if (Array.isArray(value)) return value.length === 0 ? say("checks.there_is_none") : value.map(named).join("；");
  return named(value);
}

interface IdentityProps {
  nomination: string;
  pointer: string;
  masked: string;
  name: string;
}

/** An identity number with its middle hidden; to see it whole goes on record with why, and lasts as long as the screen is open. */
function Identity({ nomination, pointer, masked, name }: IdentityProps) {
  const { say } = useSpeech();
  const [plain, setPlain] = useState<string>();
  if (plain !== undefined)
    return (
      <>
        <code>{plain}</code>{" "}
        <Button size="small" onClick={() => setPlain(undefined)}>
          {say("checks.hide")}
        </Button>
      </>
    );
  return (
    <>
      <code>{masked}</code>{" "}
      <Asking<Pick<Schemas["IdentityIn"], "reason">, void>
        size="small"
        label={say("checks.open_number")}
        name={say("checks.open_number_of", { name })}
        says={say("checks.open_number_says")}
        send={async ({ reason }) => setPlain(await openNumber(nomination, { pointer, reason }))}
      >
        <Form.Item
          name="reason"
          label={say("checks.open_number_why")}
          rules={[{ required: true, whitespace: true, message: say("parts.needed") }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Asking>
    </>
  );
}
