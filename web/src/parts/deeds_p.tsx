/** What was done to something, unfolded on demand: when, by whom, and what each field was and became. */

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { type Key, useSpeech, words } from "../frame/language";
import { useMe } from "../frame/queries";

type Deed = Schemas["DeedOut"];

/** `of` names the thing, to keep answers apart; it holds the thing's version, so that a change is asked for anew. */
export function Deeds({ of, ask }: { of: readonly unknown[]; ask: () => Promise<readonly Deed[]> }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ queryKey: ["deeds", ...of], queryFn: ask, enabled: open });
  return (
    <details className="deeds" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say("parts.history")}</summary>
      {error ? <Failure error={error} /> : !data && open && <Skeleton active />}
      {data?.length === 0 && <p>{say("parts.no_history")}</p>}
      <ol>
        {data?.map((deed) => (
          <DeedLine key={deed.at + deed.verb} deed={deed} />
        ))}
      </ol>
    </details>
  );
}

function DeedLine({ deed }: { deed: Deed }) {
  const { say, language } = useSpeech();
  const { data: me } = useMe();
  const verb = `deed.${deed.verb.split(".").at(-1) ?? ""}`;
  return (
    <li>
      <time dateTime={deed.at}>{new Date(deed.at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB")}</time>{" "}
      <b>{verb in words ? say(verb as Key) : deed.verb}</b>{" "}
      <span className="faint">{deed.actor === me?.id ? say("parts.you") : deed.actor}</span>
      <ul>
        {Object.entries(deed.change).map(([field, value]) => (
          <li key={field}>
            <code>{field}</code> <Became value={value} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Became({ value }: { value: unknown }) {
  const { say } = useSpeech();
  if (!Array.isArray(value) || value.length !== 2) return shown(value);
  return say("parts.became", { before: shown(value[0]) || "–", after: shown(value[1]) || "–" });
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  const words = typeof value === "string" ? value : JSON.stringify(value);
  return words.length > 300 ? `${words.slice(0, 300)}…` : words;
}
