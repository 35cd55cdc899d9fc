/** What the forms of a screen rest on: what was seen when they were filled in, and what others have made of it since. */

import { App } from "antd";
import { useState } from "react";
import { Problem } from "../api/client";
import { useSpeech } from "../frame/language";
import { same } from "./differences";
import { Meanwhile } from "./meanwhile";

export interface Standing<T> {
  /** What the forms began with, or what was saved last. */
  seen: T;
  /** What is there now, where a save was refused as stale. */
  theirs: T | undefined;
  /** On which version the next save rests. */
  version: number;
  /** Send a change that rests on it; what comes back is what is there then. */
  save: (send: (version: number) => Promise<T>) => Promise<void>;
}

/** Keep what the forms of a screen rest on together; `read` asks for what is there now. */
export function useStanding<T extends { version: number }>(loaded: T, read: () => Promise<T>): Standing<T> {
  const [seen, setSeen] = useState(loaded);
  const [theirs, setTheirs] = useState<T>();
  const { version } = theirs ?? seen;
  const { say } = useSpeech();
  const { message } = App.useApp();
  const save: Standing<T>["save"] = async (send) => {
    try {
      setSeen(await send(version));
      setTheirs(undefined);
      void message.success(say("parts.saved"));
    } catch (error) {
      if (error instanceof Problem && error.status === 412) setTheirs(await read());
      throw error;
    }
  };
  return { seen, theirs, version, save };
}

interface Props<T> {
  standing: Standing<T>;
  /** What fields are called; others are not told. */
  labels?: Partial<Record<keyof T & string, string>>;
}

/** What somebody else has changed, told to whoever was about to change the same. */
export function Stale<T>({ standing: { seen, theirs }, labels = {} }: Props<T>) {
  const named = Object.entries(labels) as [keyof T, string][];
  const told = theirs ? named.filter(([name]) => !same(seen[name], theirs[name])) : [];
  return <Meanwhile changed={told.map(([name, label]) => [label, theirs?.[name]])} />;
}

/** Return what a form shows instead of a refusal as stale. */
export function insteadOf<T>(standing: Standing<T>, labels?: Props<T>["labels"]) {
  const stale = <Stale standing={standing} {...(labels && { labels })} />;
  return (problem: Problem) => (problem.status === 412 ? stale : undefined);
}
