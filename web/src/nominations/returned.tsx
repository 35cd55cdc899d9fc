/** Why a nomination was returned, where that is mended, and how much time is left. */

import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useEffect, useMemo, useState } from "react";
import { api, type Schemas, told } from "../api/client";
import type { FormDefinition } from "../awards/form";
import { leftUntil } from "../cycles/rules";
import { useSpeech } from "../frame/language";
import { useMoments } from "../parts/moments";
import { goTo, placeIn, useFieldNames } from "./lacks";
import type { Nomination } from "./queries";
import { placeOfReason } from "./rules";

type Return = Schemas["NominationReturnOut"];

/** Return why a nomination was returned that waits for its correction; nothing, once it is handed in again. */
function useReturn({ id, state }: Nomination): Return | undefined {
  const { data } = useQuery({
    queryKey: ["nomination", id, "returns"],
    queryFn: () =>
      told(api.GET("/api/awards/nominations/{nomination_id}/returns", { params: { path: { nomination_id: id } } })),
    enabled: state === "returned",
  });
  return state === "returned" ? data?.[0] : undefined;
}

/** Return what is to be mended at fields, by their places, each with the time that is left for it. */
export function useRemarks(nomination: Nomination): ReadonlyMap<string, string> {
  const { say } = useSpeech();
  const remarks = useReturn(nomination)?.remarks;
  const left = useLeft(nomination.correct_until);
  return useMemo(() => {
    const told = (words: string) =>
      left ? say("nominations.remark_until", { words, left }) : say("nominations.remark", { words });
    return new Map(remarks?.map(({ pointer, words }) => [pointer, told(words)]));
  }, [remarks, left, say]);
}

interface Props {
  nomination: Nomination;
  form: FormDefinition | null;
}

export function Returned({ nomination, form }: Props) {
  const { say, of } = useSpeech();
  const { instant } = useMoments();
  const fieldNamed = useFieldNames(form);
  const until = nomination.correct_until;
  const left = useLeft(until);
  const last = useReturn(nomination);
  const title =
    until === null
      ? say("nominations.returned_says")
      : left
        ? say("nominations.returned_until", { until: instant(until), left })
        : say("nominations.returned_over", { until: instant(until) });
  return (
    <Alert
      type="warning"
      showIcon
      className="returned"
      title={title}
      description={
        last && (
          <div role="group" aria-label={say("nominations.why_returned")}>
            <ul>
              {last.reasons.map((reason) => {
                const what = of(reason.words);
                const place = placeOfReason(reason.key);
                return (
                  <li key={reason.key}>
                    {what}{" "}
                    {place && (
                      <Button
                        type="link"
                        size="small"
                        aria-label={say("nominations.go_there", { what })}
                        onClick={() => goTo(place)}
                      >
                        {say("nominations.mend")}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
            {last.words && <blockquote>{last.words}</blockquote>}
            {last.remarks.length > 0 && (
              <ul>
                {last.remarks.map(({ pointer, words }) => (
                  <li key={pointer}>
                    <Button type="link" size="small" onClick={() => goTo(pointer)}>
                      {placeIn(pointer, fieldNamed)}
                    </Button>{" "}
                    {words}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      }
    />
  );
}

/** Return in words how much time is left until an instant; nothing, once it is over. */
function useLeft(until: string | null): string | undefined {
  const { say } = useSpeech();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const left = until === null ? null : leftUntil(until, now);
  if (!left) return undefined;
  const { days, hours, minutes } = left;
  return days > 0 ? say("nominations.days_left", { days, hours }) : say("nominations.hours_left", { hours, minutes });
}
