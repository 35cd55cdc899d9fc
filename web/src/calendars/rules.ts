/** Addresses of calendars, and the programs that fetch them, by the names people know. */

/** What can be followed by everybody, and the folder of its feeds. */
export const FOLDERS = { series: "series", edition: "editions", organisation: "organisations" } as const;
export type Followed = keyof typeof FOLDERS;
export const FOLLOWED = Object.keys(FOLDERS) as Followed[];

export const DATE_KINDS = [
  "session",
  "edition",
  "theme_period",
  "key_date",
  "deadline",
  "notice",
  "review",
  "agreement",
  "milestone",
] as const;

export const REMINDERS = ["", "15m", "1h", "1d"] as const;

/** Return the kind of what a topic's key names, where it is one that can be followed by name. */
export function kindOf(key: string): Followed | undefined {
  return FOLLOWED.find((kind) => key.startsWith(`${kind}:`));
}

/** Return the address that a calendar program opens by itself. */
export function webcal(url: string): string {
  return url.replace(/^https?:/, "webcal:");
}

/** Return the address of a public feed. */
export function addressOf(origin: string, kind: Followed, slug: string): string {
  return `${origin}/calendars/${FOLDERS[kind]}/${slug}.ics`;
}

const CLIENTS: readonly (readonly [RegExp, string])[] = [
  [/google-calendar/i, "Google Calendar"],
  [/dataaccessd/i, "iPhone / iPad"],
  [/calendaragent|macos/i, "macOS Calendar"],
  [/thunderbird/i, "Thunderbird"],
  [/icsx5/i, "ICSx⁵"],
  [/outlook|exchange/i, "Outlook"],
];

/** Return the name of a calendar program by what it says of itself; an unknown one by its first word. */
export function clientNamed(client: string): string {
  return CLIENTS.find(([mark]) => mark.test(client))?.[1] ?? (client.split("/")[0] ?? "").trim().slice(0, 40);
}
