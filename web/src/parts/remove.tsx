/** A button that takes something away, once that is confirmed. */

import type { ReactNode } from "react";
import { useSpeech } from "../frame/language";
import { Confirm } from "./confirm";

interface Props {
  /** What would be removed. */
  name: string;
  /** What that brings about. */
  effect?: string;
  remove: () => Promise<unknown>;
  instead?: (error: unknown) => ReactNode;
}

export function Remove({ name, effect, remove, ...rest }: Props) {
  const { say } = useSpeech();
  const words = say("parts.take_away");
  const question = say("parts.take_away_sure", { name });
  return (
    <Confirm {...rest} danger label={words} name={`${words}: ${name}`} question={question} act={remove}>
      {effect}
    </Confirm>
  );
}
