/** How to work here: the way from an empty edition to a released one, and what keys do. */

import { type Key, useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Keys } from "./keys";

const STEPS: readonly Key[] = [
  "help.step_edition",
  "help.step_rooms",
  "help.step_programme",
  "help.step_schedule",
  "help.step_conflicts",
  "help.step_release",
  "help.step_day",
];

export function HelpPage() {
  const { say } = useSpeech();
  return (
    <article className="help">
      <Heads title={say("help.title")} />
      <h2>{say("help.way")}</h2>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      <h2>{say("help.kept_title")}</h2>
      <p>{say("help.kept")}</p>
      <Keys />
      <p>
        <a href="/api">{say("help.api")}</a>
      </p>
    </article>
  );
}
