/** Stretches of time, by what the clock on the wall shows: what a form holds of them, and how a day is drawn. */

export interface Stretch {
  closed?: string;
  start_local: string;
  end_local: string;
}

interface Told {
  closed?: boolean;
  start_local: string;
  end_local: string;
}

/** Return windows as a form holds them. */
export function stretchesOf(windows: readonly Told[]): Stretch[] {
  return windows.map(({ closed, start_local, end_local }) => ({
    ...(closed !== undefined && { closed: closed ? "yes" : "no" }),
    start_local: start_local.slice(0, 16),
    end_local: end_local.slice(0, 16),
  }));
}

const DAY = 86_400_000;

function shift(local: string, days: number): string {
  return new Date(Date.parse(`${local.slice(0, 16)}Z`) + days * DAY).toISOString().slice(0, 16);
}

/** Return the same stretch a day later, as far as it has been filled in. */
export function nextDay({ start_local, end_local, ...rest }: Stretch): Stretch {
  const later = (local: string) => local && shift(local, 1);
  return { ...rest, start_local: later(start_local), end_local: later(end_local) };
}

export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return shift(`${day}T00:00`, -weekday).slice(0, 10);
}

/** Return the seven days that begin `after` days behind `day`. */
export function daysFrom(day: string, after = 0): string[] {
  return Array.from({ length: 7 }, (_, n) => shift(`${day}T00:00`, n + after).slice(0, 10));
}

export interface Bar {
  from: number;
  until: number;
  closed: boolean;
  label: string;
}

/**
 * Return what of the stretches lies within a day, in minutes from its midnight; closed ones lie above open ones.
 *
 * Without any open one it is open all day long.
 */
export function barsOf(stretches: readonly Stretch[], day: string): Bar[] {
  const midnight = Date.parse(`${day}T00:00Z`);
  const minutes = (local: string) => (Date.parse(`${local.slice(0, 16)}Z`) - midnight) / 60_000;
  const filled = stretches.filter((each) => each.start_local && each.end_local);
  const always = { from: 0, until: 1440, closed: false, label: "00:00 – 24:00" };
  const bars = filled
    .map((each) => ({
      from: Math.max(0, minutes(each.start_local)),
      until: Math.min(1440, minutes(each.end_local)),
      closed: each.closed === "yes",
      label: `${each.start_local.slice(5, 16).replace("T", " ")} – ${each.end_local.slice(5, 16).replace("T", " ")}`,
    }))
    .filter((bar) => bar.until > bar.from);
  if (!filled.some((each) => each.closed !== "yes")) bars.unshift(always);
  return bars.sort((a, b) => Number(a.closed) - Number(b.closed) || a.from - b.from);
}
