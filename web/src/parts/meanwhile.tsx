/** What others have changed while one was typing, and what can be done. */

import { Alert } from "antd";
import type { ReactNode } from "react";
import { useSpeech } from "../frame/language";
import { inWords } from "./differences";

interface Props {
  /** What is told to have changed: the name of each field, and what it holds now. */
  changed: readonly (readonly [string, unknown])[];
  children?: ReactNode;
}

export function Meanwhile({ changed, children }: Props) {
  const { say } = useSpeech();
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
                <b>{name}</b> {inWords(value)}
              </li>
            ))}
          </ul>
          <p>{say("parts.save_over")}</p>
          {children}
        </>
      }
    />
  );
}
