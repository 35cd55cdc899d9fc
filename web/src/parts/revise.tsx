/** A form over what has a version: only what was changed is sent, and what others changed meanwhile is shown. */

import { Button, Form, type FormInstance } from "antd";
import { type ReactNode, useState } from "react";
import { Problem } from "../api/client";
import { useSpeech } from "../frame/language";
import { changesOf } from "./differences";
import { Entry } from "./entry";
import { Meanwhile } from "./meanwhile";
import type { FieldPath } from "./refusals";

export interface Versioned<Values> {
  values: Values;
  version: number;
}

interface Props<Values extends object> {
  /** What stands on the server, as it is known when the form opens. */
  start: Versioned<Values>;
  /** Read what stands there now. */
  read: () => Promise<Versioned<Values>>;
  /** Send what was changed; returns what stands then. */
  send: (changes: Partial<Values>, version: number) => Promise<Versioned<Values>>;
  /** What a field is called. */
  label: (field: string) => string;
  children: ReactNode;
  form?: FormInstance<Values>;
  beside?: ReactNode;
  about?: Readonly<Record<string, FieldPath>>;
  instead?: (problem: Problem) => ReactNode;
}

export function Revise<Values extends object>(props: Props<Values>) {
  const { start, read, send, label, form: given, instead, ...rest } = props;
  const { say } = useSpeech();
  const [form] = Form.useForm<Values>(given);
  const [base, setBase] = useState(start);
  const [theirs, setTheirs] = useState<Versioned<Values>>();
  const [saved, setSaved] = useState(false);
  const settle = (standing: Versioned<Values>) => {
    setBase(standing);
    setTheirs(undefined);
    form.setFieldsValue(standing.values);
  };
  const submit = async (values: Values) => {
    setSaved(false);
    const changes = changesOf<Values>(base.values, values);
    if (Object.keys(changes).length > 0) {
      try {
        settle(await send(changes, (theirs ?? base).version));
      } catch (error) {
        if (error instanceof Problem && error.status === 412) setTheirs(await read());
        throw error;
      }
    }
    setSaved(true);
  };
  const stale = () =>
    theirs && (
      <Meanwhile
        changed={Object.entries<unknown>(changesOf<Values>(base.values, theirs.values)).map(([name, value]) => [
          label(name),
          value,
        ])}
      >
        <Button onClick={() => settle(theirs)}>{say("parts.take_theirs")}</Button>
      </Meanwhile>
    );
  return (
    <>
      <Entry<Values>
        {...rest}
        form={form}
        start={start.values}
        send={submit}
        instead={(problem) => (problem.status === 412 ? stale() : instead?.(problem))}
      />
      <p role="status">{saved && say("parts.saved")}</p>
    </>
  );
}
