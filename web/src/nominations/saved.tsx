/** Whether what is typed is saved: when, or why not yet. */

import { Button } from "antd";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useClock } from "../parts/moments";
import type { Saves } from "./saving";

export function SavingState({ draft }: { draft: Saves }) {
  const { say } = useSpeech();
  const clock = useClock();
  const failure = useFailure();
  const { state, savedAt, error } = draft;
  const warns = state === "away" || state === "clash" || state === "refused";
  return (
    <p role="status" className={warns ? "warned" : "faint"} data-saving={state}>
      {state === "saved" && savedAt
        ? say("saving.saved_at", { at: clock(savedAt.toISOString()) })
        : say(`saving.${state}`)}
      {state === "refused" && error && <span className="fault"> {failure(error)}</span>}
      {state === "away" && (
        <>
          {" "}
          <Button size="small" onClick={() => void draft.save()}>
            {say("saving.again")}
          </Button>
        </>
      )}
    </p>
  );
}
