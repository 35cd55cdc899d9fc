/** The people of a programme: of which sessions each is, and whose sessions stand out. */

import { useCallback, useMemo } from "react";
import { useSpeech } from "../frame/language";
import type { Session } from "./queries";

export interface People {
  /** Everybody who has a part in a session, by name. */
  all: readonly { value: string; label: string }[];
  of: (session: string) => readonly string[];
  chosen: string | undefined;
  /** The sessions of who was chosen. */
  marked: ReadonlySet<string> | undefined;
}

const NOBODY: readonly string[] = [];

export function usePeople(sessions: ReadonlyMap<string, Session> | undefined, chosen: string | undefined): People {
  const { of: inWords, language } = useSpeech();
  const all = useMemo(() => {
    const names = new Map<string, string>();
    for (const each of sessions?.values() ?? []) {
      for (const part of each.people) names.set(part.person_id, inWords(part.name));
    }
    const found = [...names].map(([value, label]) => ({ value, label }));
    return found.sort((a, b) => a.label.localeCompare(b.label, language));
  }, [sessions, inWords, language]);
  const of = useCallback(
    (session: string) => sessions?.get(session)?.people.map((part) => part.person_id) ?? NOBODY,
    [sessions],
  );
  const marked = useMemo(() => {
    if (!chosen) return undefined;
    const all = [...(sessions?.values() ?? [])];
    return new Set(all.filter(({ people }) => people.some((part) => part.person_id === chosen)).map((each) => each.id));
  }, [sessions, chosen]);
  return { all, of, chosen, marked };
}
