/** A form over what has a version: only what was changed is sent, and what others changed meanwhile is shown. */

import { Alert, Button, Form, type FormInstance } from "antd";
import { type ReactNode, useState } from "react";
import { Problem } from "../api/client";
import { useSpeech } from "../frame/language";
import { changesOf, inWords, same } from "./differences";
import { Entry } from "./entry";
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
    theirs && <Stale base={base.values} theirs={theirs.values} label={label} take={() => settle(theirs)} />;
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

interface StaleProps {
  base: object;
  theirs: object;
  label: (field: string) => string;
  take: () => void;
}

/** What others changed while one was typing, and what can be done. */
function Stale({ base, theirs, label, take }: StaleProps) {
  const { say } = useSpeech();
  const changed = Object.entries(theirs).filter(
    ([name, value]) => !same((base as Record<string, unknown>)[name], value),
  ) as [string, unknown][];
  return (
    <Alert
      type="warning"
      showIcon
      title={say("parts.changed_meanwhile")}
      description={
        <>
          <ul className="refusals">
            {changed.map(([name, value]) => (
              <li key={name}>
                <b>{label(name)}</b> {inWords(value)}
              </li>
            ))}
          </ul>
          <p>{say("parts.save_over")}</p>
          <Button onClick={take}>{say("parts.take_theirs")}</Button>
        </>
      }
    />
  );
}
