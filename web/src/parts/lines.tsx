/** A part of a form that holds any number of the same, each in one line: for what has few and short fields. */

import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useSpeech } from "../frame/language";

interface Props {
  name: string;
  legend: string;
  /** What the button that adds one says, where that is more than that it does. */
  add?: string;
  blank: object;
  /** What is entered in the row of this number. */
  children: (row: number) => ReactNode;
  /** What else can be done with a row. */
  beside?: (row: number, another: (values: object) => void) => ReactNode;
}

export function Lines({ name, legend, add, blank, children, beside }: Props) {
  const { say } = useSpeech();
  return (
    <fieldset className="lines">
      <legend>{legend}</legend>
      <Form.List name={name}>
        {(fields, list) => (
          <>
            {fields.map(({ key, name: row }) => (
              <div className="line" key={key}>
                {children(row)}
                {beside?.(row, (values) => list.add(values, row + 1))}
                <Button
                  onClick={() => list.remove(row)}
                  aria-label={say("parts.take_out", { name: `${legend} ${row + 1}` })}
                >
                  {say("parts.remove")}
                </Button>
              </div>
            ))}
            <Button onClick={() => list.add(blank)} aria-label={add ?? say("parts.add_to", { what: legend })}>
              {add ?? say("parts.add")}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
