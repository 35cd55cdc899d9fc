/** Moments as people read them: in their language and their time zone. Days are shown as the API writes them. */

import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";

/** Return how to say when something was. */
export function useMoments(): (moment: string) => string {
  const { language } = useSpeech();
  const { data: me } = useMe();
  const spoken = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    ...(me && { timeZone: me.zone }),
  });
  return (moment) => spoken.format(new Date(moment));
}

/** Return the day that it is in Beijing, where days are counted. */
export function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format();
}
