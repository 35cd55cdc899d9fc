/** Moments as the clock at a place shows them, as fields of the browser take them: `2031-05-02T09:00`. */

/** Return what the clock in `zone` shows at an instant. */
export function wallOf(instant: string | null | undefined, zone: string): string {
  if (!instant) return "";
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(new Date(instant));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/** Return the instant at which the clock in `zone` shows this; of two, the first one. */
export function instantOf(wall: string, zone: string): string | null {
  const wanted = Date.parse(`${wall.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) return null;
  const off = (at: number) => Date.parse(`${wallOf(new Date(at).toISOString(), zone)}Z`) - at;
  const guesses = [wanted - off(wanted - 86_400_000), wanted - off(wanted + 86_400_000)];
  const fitting = guesses.find((at) => at + off(at) === wanted) ?? guesses[0];
  return new Date(fitting ?? wanted).toISOString();
}
