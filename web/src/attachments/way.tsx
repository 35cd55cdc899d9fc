/** A file on its way: how far it is, and what can be done about it. */

import { Button } from "antd";
import { Problem } from "../api/client";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import type { Sending, Sent } from "./sending";

export function OnItsWay({ sent, sending }: { sent: Sent; sending: Sending }) {
  const { say } = useSpeech();
  const failure = useFailure();
  const { file, state, part, error } = sent;
  const { name } = file;
  if (state === "failed") {
    const away = error instanceof Problem && error.status === 0;
    const words = typeof error === "string" ? error : away ? say("papers.cut") : failure(error);
    return (
      <li className="paper failed" data-sent="failed">
        <div role="alert">
          <b>{say("papers.failed", { name })}</b>
          <div className="fault">{words}</div>
        </div>
        <span className="states">
          {typeof error !== "string" && (
            <Button onClick={() => sending.again(sent.id)} aria-label={say("papers.again_with", { name })}>
              {say("papers.again")}
            </Button>
          )}
          <Button onClick={() => sending.forget(sent.id)} aria-label={say("papers.drop_it", { name })}>
            {say("papers.drop")}
          </Button>
        </span>
      </li>
    );
  }
  const percent = Math.floor(part * 100);
  const words =
    state === "waiting"
      ? say("papers.waiting", { name })
      : part < 1
        ? say("papers.sending", { name, percent })
        : say("papers.looking", { name });
  return (
    <li className="paper" data-sent={state}>
      <div>
        {words}
        <progress max={1} value={part} aria-label={name} />
      </div>
      <Button onClick={() => sending.forget(sent.id)} aria-label={say("papers.cancel", { name })}>
        {say("parts.cancel")}
      </Button>
    </li>
  );
}
