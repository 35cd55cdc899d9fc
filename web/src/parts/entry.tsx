/** A form: what is refused is said at the fields it is about, nothing typed is lost, and leaving with changes is asked about. */

import { Alert, Button, Form, type FormInstance, Input, Modal, Space } from "antd";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useBlocker } from "react-router";
import { Problem } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { type FieldPath, placeRefusals } from "./refusals";

interface Props<Values extends object> {
  /** What the form begins with. */
  start: Partial<Values>;
  /** Send what was entered; a `Problem` that is thrown is shown. */
  send: (values: Values) => Promise<unknown>;
  children: ReactNode;
  submit?: string;
  /** Whether what is entered cannot be sent yet, for a reason that the screen tells. */
  disabled?: boolean;
  /** What else can be done, beside the button that sends. */
  beside?: ReactNode;
  form?: FormInstance<Values>;
  /** Which field a refusal is about that names none, by the last part of its type, such as `slug-taken`. */
  about?: Readonly<Record<string, FieldPath>>;
  /** What to show of a refusal instead of its sentence; nothing, where that will do. */
  instead?: (problem: Problem) => ReactNode;
}

export function Entry<Values extends object>(props: Props<Values>) {
  const { start, send, children, submit, disabled = false, beside, form: given, about, instead } = props;
  const { say } = useSpeech();
  const [form] = Form.useForm<Values>(given);
  const id = useId(); // so that two forms on a page may have fields of one name
  const [error, setError] = useState<unknown>();
  const [sending, setSending] = useState(false);
  const [changed, setChanged] = useState(false);
  const finish = async (values: Values) => {
    setSending(true);
    setError(undefined);
    setChanged(false); // so that what is sent may lead elsewhere
    try {
      await send(values);
    } catch (caught) {
      setChanged(true);
      setError(caught);
      if (caught instanceof Problem) showAtFields(form, caught, about);
    } finally {
      setSending(false);
    }
  };
  const other = error instanceof Problem ? instead?.(error) : undefined;
  return (
    <Form<Values>
      form={form}
      name={id}
      className="entry"
      layout="vertical"
      noValidate // the server refuses in the language of the page
      initialValues={start}
      scrollToFirstError={{ focus: true }}
      onValuesChange={() => setChanged(true)}
      onFinish={(values) => void finish(values)}
    >
      {children}
      {error !== undefined &&
        (other || <Refused error={error} fields={form.getFieldsError().map((field) => field.name)} about={about} />)}
      <Space wrap className="send">
        <Button type="primary" htmlType="submit" loading={sending} disabled={disabled}>
          {submit ?? say("parts.save")}
        </Button>
        {beside}
      </Space>
      <LeaveGuard changed={changed} />
    </Form>
  );
}

type AtFields = Pick<FormInstance, "getFieldsError" | "setFields" | "scrollToField">;

function showAtFields(form: AtFields, problem: Problem, about: Props<object>["about"]): void {
  const { fields } = placeRefusals(
    problem.fields,
    form.getFieldsError().map((field) => field.name),
  );
  const named = about?.[problem.type.split("/").pop() ?? ""];
  if (named) fields.unshift({ name: named, errors: [problem.message] });
  form.setFields(fields.map(({ name, errors }) => ({ name: [...name], errors })));
  const first = fields[0];
  if (first) form.scrollToField([...first.name], { focus: true });
}

interface RefusedProps {
  error: unknown;
  fields: readonly FieldPath[];
  about: Props<object>["about"];
}

/** What was refused of a form as a whole; what is said at its fields is not said twice. */
function Refused({ error, fields, about }: RefusedProps) {
  const { say } = useSpeech();
  if (error instanceof Problem && about?.[error.type.split("/").pop() ?? ""]) return null;
  if (error instanceof Problem && error.status === 412)
    return <Alert type="warning" showIcon title={say("parts.stale")} />;
  const others = error instanceof Problem ? placeRefusals(error.fields, fields).others : [];
  return (
    <>
      <Failure error={error} />
      {others.length > 0 && (
        <ul className="refusals">
          {others.map((each) => (
            <li key={each.pointer + each.code}>
              <code>{each.pointer}</code> {each.message}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Ask before changes are left behind, within the console and out of it. */
export function LeaveGuard({ changed }: { changed: boolean }) {
  return changed && <Guard />; // the router asks one guard alone, so that there is none where nothing is changed
}

function Guard() {
  const { say } = useSpeech();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  return (
    <Modal
      open={blocker.state === "blocked"}
      title={say("parts.leave")}
      okText={say("parts.leave_yes")}
      cancelText={say("parts.leave_no")}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {say("parts.leave_lost")}
    </Modal>
  );
}

interface BothProps {
  name: string | (string | number)[];
  label: string;
  rows?: number;
  maxLength?: number;
}

/** A text in both languages, side by side. */
export function Both({ name, label, rows, maxLength = 500 }: BothProps) {
  const { say } = useSpeech();
  const path = typeof name === "string" ? [name] : name;
  const field = rows ? <Input.TextArea rows={rows} maxLength={maxLength} /> : <Input maxLength={maxLength} />;
  return (
    <div className="both">
      <Form.Item name={[...path, "zh"]} label={say("parts.in_zh", { label })}>
        {field}
      </Form.Item>
      <Form.Item name={[...path, "en"]} label={say("parts.in_en", { label })}>
        {field}
      </Form.Item>
    </div>
  );
}
