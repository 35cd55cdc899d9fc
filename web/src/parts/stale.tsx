/** What somebody else has changed, told to whoever was about to change the same. */

import { useSpeech } from "../frame/language";
import type { Text } from "../api/client";
import { type Standing, theirChanges } from "./standing";

interface Props<T extends { version: number }> {
  standing: Standing<T>;
  /** What fields are called; others are not told. */
  labels: Partial<Record<keyof T & string, string>>;
}

export function Theirs<T extends { version: number }>({ standing, labels }: Props<T>) {
  const { say } = useSpeech();
  const changed: Record<string, unknown> = theirChanges(standing);
  const told = Object.entries<string | undefined>(labels).filter(([name]) => name in changed);
  if (told.length === 0) return null;
  return (
    <>
      {say("parts.theirs")}
      <ul>
        {told.map(([name, label]) => (
          <li key={name}>
            <b>{label}</b> {words(changed[name])}
          </li>
        ))}
      </ul>
    </>
  );
}

function words(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || !("zh" in value)) return "";
  const { zh, en } = value as Text;
  return [zh, en].filter(Boolean).join(" / ");
}
