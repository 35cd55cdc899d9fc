/** Why a nomination was returned, where that is mended, and how much time is left. */

import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { api, told } from "../api/client";
import { leftUntil } from "../cycles/rules";
import { useSpeech } from "../frame/language";
import { useMoments } from "../parts/moments";
import { goTo } from "./lacks";
import type { Nomination } from "./queries";
import { placeOfReason } from "./rules";

export function Returned({ nomination }: { nomination: Nomination }) {
  const { say, of } = useSpeech();
  const { instant } = useMoments();
  const { id, correct_until: until, version } = nomination;
  const returns = useQuery({
    queryKey: ["nomination", id, "returns", version],
    queryFn: () =>
      told(api.GET("/api/awards/nominations/{nomination_id}/returns", { params: { path: { nomination_id: id } } })),
    placeholderData: (before) => before,
  });
  const left = useLeft(until);
  const last = returns.data?.[0];
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
