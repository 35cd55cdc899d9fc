/** The history of something, unfolded on demand. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSpeech } from "../frame/language";
import { type Deed, Deeds } from "./deeds";

interface Props {
  /** Which thing, and its version, so that a change is asked for anew. */
  of: readonly unknown[];
  ask: () => Promise<readonly Deed[]>;
  /** What fields are called on its form. */
  labels?: Partial<Record<string, string>>;
}

export function History({ of, ask, labels = {} }: Props) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const asked = useQuery({ queryKey: ["deeds", ...of], queryFn: ask, enabled: open });
  return (
    <details className="history" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say("audit.history")}</summary>
      {open && <Deeds name={say("audit.history")} asked={asked} label={(field) => labels[field]} />}
    </details>
  );
}
