/** The history of something, unfolded on demand. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSpeech } from "../frame/language";
import { type Deed, Deeds } from "./deeds";
import { useWord } from "./word";

interface Props {
  /** Which thing, and its version, so that a change is asked for anew. */
  of: readonly unknown[];
  ask: () => Promise<readonly Deed[]>;
  /** What fields are called; others go by their own names. */
  labels?: Partial<Record<string, string>>;
}

export function History({ of, ask, labels = {} }: Props) {
  const { say } = useSpeech();
  const word = useWord();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ queryKey: ["deeds", ...of], queryFn: ask, enabled: open });
  return (
    <details className="history" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say("parts.history")}</summary>
      {open && (
        <Deeds
          name={say("parts.history")}
          deeds={data}
          error={error}
          verb={(verb) => word("deed", verb.split(".").at(-1) ?? "")}
          field={(field) => labels[field] ?? field}
        />
      )}
    </details>
  );
}
