/** What others have changed, as the head of the screen tells it: grouped, the newest first. */

import type { Change } from "./hearing";

export interface News {
  key: string;
  edition: string;
  part: Part;
  by: string;
  /** The things that were changed, so that one is not counted twice for two ways of hearing of it. */
  changes: ReadonlySet<string>;
  /** Of what was changed last. */
  subject: string;
  at: number;
}

/** Which screen of an edition shows a part of it. */
const SCREENS = {
  placement: "/schedule",
  schedule: "/schedule",
  conflict: "/schedule",
  session: "/programme",
  import: "/programme",
  track: "/programme/tracks",
  person: "/people",
  room: "/rooms",
  release: "/releases",
  other: "",
} as const;

type Part = keyof typeof SCREENS;

/** What the server names otherwise. */
const SAME: Readonly<Record<string, Part>> = { rooms: "room", venue: "room" };

function partOf(name: string): Part {
  return SAME[name] ?? (name in SCREENS ? (name as Part) : "other");
}

/** Return the news with a change put in front, in one with what the same person changed of the same. */
export function withChange(news: readonly News[], change: Change, at: number): News[] {
  const { by, subject, version } = change;
  const edition = change.topic.replace("edition:", "");
  const part = partOf(change.part);
  const key = `${edition} ${part} ${by}`;
  const before = news.find((each) => each.key === key);
  const changes = new Set([...(before?.changes ?? []), `${subject} ${version}`]);
  return [{ key, edition, part, by, changes, subject, at }, ...news.filter((each) => each !== before)];
}

export function countOf(news: readonly News[]): number {
  return news.reduce((sum, { changes }) => sum + changes.size, 0);
}

/** Return where news lead to: to the session itself, where no other was changed. */
export function leadsTo({ part, changes, subject }: News): string {
  const subjects = new Set([...changes].map((each) => each.split(" ")[0]));
  return part === "session" && subjects.size === 1 ? `/programme/${subject}` : SCREENS[part];
}
