/** A part of a form that holds any number of the same: added, removed, and moved by buttons, so by keys too. */

import { Button, Form, Space } from "antd";
import { type ReactNode, useRef } from "react";
import { useSpeech } from "../frame/language";
import { MoveButtons } from "./order";

interface Props {
  name: string;
  /** What one of them is called. */
  label: string;
  add: string;
  /** The fields of one, by its place among them. */
  children: (index: number) => ReactNode;
  /** What a new one begins with. */
  fresh: object;
  /** Whether their order says something. */
  movable?: boolean;
  /** What to say while there is none. */
  empty?: string;
}

export function Sequence({ name, label, add, children, fresh, movable = false, empty }: Props) {
  const { say } = useSpeech();
  const root = useRef<HTMLDivElement>(null);
  const focus = (row: number, what: string) =>
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-number="${row}"] ${what}`)?.focus());
  return (
    <Form.List name={name}>
      {(fields, { add: append, remove, move }, { errors }) => (
        <div className="sequence" ref={root}>
          {fields.length === 0 && empty && <p className="faint">{empty}</p>}
          {fields.map((field, index) => {
            const called = `${label} ${index + 1}`;
            const shift = (by: -1 | 1) => {
              move(index, index + by);
              focus(index + by, `[data-by="${by}"]:not(:disabled), [data-by]:not(:disabled)`);
            };
            return (
              <fieldset key={field.key} data-number={index}>
                <legend>{called}</legend>
                {children(field.name)}
                <Space wrap>
                  {movable && <MoveButtons name={called} at={index} of={fields.length} move={shift} />}
                  <Button aria-label={say("parts.take_out", { name: called })} onClick={() => remove(index)}>
                    {say("parts.take_away")}
                  </Button>
                </Space>
              </fieldset>
            );
          })}
          <Form.ErrorList errors={errors} />
          <Button
            onClick={() => {
              append(fresh);
              focus(fields.length, "input");
            }}
          >
            {add}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
