/** What a form rests on: what was seen when it was filled in, and what somebody else has made of it meanwhile. */

import { useState } from "react";
import { changesOf } from "./changes";

export interface Standing<T> {
  /** What the form began with, or what was saved last. */
  seen: T;
  /** What is there now, where a save was refused as stale. */
  theirs: T | undefined;
  /** On which version the next save rests. */
  version: number;
  took: (now: T) => void;
  look: () => Promise<void>;
}

/** Keep what a form rests on; `read` asks for what is there now. */
export function useStanding<T extends { version: number }>(loaded: T, read: () => Promise<T>): Standing<T> {
  const [seen, setSeen] = useState(loaded);
  const [theirs, setTheirs] = useState<T>();
  return {
    seen,
    theirs,
    version: (theirs ?? seen).version,
    took: (now) => {
      setSeen(now);
      setTheirs(undefined);
    },
    look: async () => setTheirs(await read()),
  };
}

/** Return which fields somebody else has changed, and what they hold now. */
export function theirChanges<T extends { version: number }>({ seen, theirs }: Standing<T>): Partial<T> {
  return theirs ? changesOf(seen, theirs) : {};
}
