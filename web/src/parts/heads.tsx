/** The head of a screen: its name, which is the page's title too, and what can be done there. */

import { type ReactNode, useEffect } from "react";
import { useSpeech } from "../frame/language";

export function Heads({ title, children }: { title: string; children?: ReactNode }) {
  const { say } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${say("frame.name")}`;
  }, [title, say]);
  return (
    <div className="heads">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
