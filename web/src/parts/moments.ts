/** Instants and wall times as people write them, in the language of the page. */

import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;

interface Moments {
  /** An instant with day and time, in the reader's zone. */
  instant: (iso: string) => string;
  /** A day such as `2031-05-02`, with its weekday. */
  day: (day: string) => string;
}

export function useMoments(): Moments {
  const { language } = useSpeech();
  const { data: me } = useMe();
  const write = (at: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALES[language], options).format(at);
  return {
    instant: (iso) =>
      write(new Date(iso), { dateStyle: "medium", timeStyle: "short", ...(me && { timeZone: me.zone }) }),
    day: (day) => write(new Date(`${day}T00:00Z`), { dateStyle: "full", timeZone: "UTC" }),
  };
}

/** Return how to write the time of day of an instant, in the reader's zone. */
export function useClock(): (iso: string) => string {
  const { language } = useSpeech();
  const { data: me } = useMe();
  const format = new Intl.DateTimeFormat(LOCALES[language], { timeStyle: "short", ...(me && { timeZone: me.zone }) });
  return (iso) => format.format(new Date(iso));
}

/** Return the wall time that clocks of a zone show at an instant, such as `2031-05-02T09:30:00`. */
export function wallTime(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone });
  return parts.format(at).replace(" ", "T");
}

/** Return the day that it is in Beijing, where days are counted. */
export function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format();
}
