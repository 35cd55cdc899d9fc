/** The names of those who are there, in the language of the page. */

import { useCallback, useMemo } from "react";
import { useSpeech } from "../frame/language";
import { bySession, type Present, signsOf } from "./rules";

interface Names {
  nameOf: (one: Present) => string;
  /** Several names as one says them. */
  listed: (names: readonly string[]) => string;
}

export function useNames(): Names {
  const { say, of, language } = useSpeech();
  const nameOf = useCallback(({ name }: Present) => of(name) || say("parts.somebody"), [of, say]);
  const listed = useCallback(
    (names: readonly string[]) => new Intl.ListFormat(language, { type: "conjunction" }).format(names),
    [language],
  );
  return { nameOf, listed };
}

/** Who is at a session: their names as one says them, and what stands for them where there is little room. */
export interface There {
  names: string;
  initials: string;
}

/** Return who else is at which session; the same as long as nobody comes or goes. */
export function useBySession(others: readonly Present[]): ReadonlyMap<string, There> {
  const { nameOf, listed } = useNames();
  return useMemo(() => {
    const found = new Map<string, There>();
    for (const [session, those] of bySession(others)) {
      const names = those.map(nameOf);
      found.set(session, { names: listed(names), initials: signsOf(names, 1).join("") });
    }
    return found;
  }, [others, nameOf, listed]);
}
