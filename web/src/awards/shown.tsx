/** What is shown of a programme wherever it is named: how complete it is, and what marks it. */

import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Mark } from "../parts/tag";
import type { Category } from "./form";
import type { Programme } from "./queries";
import { EXAMPLE } from "./rules";

/** That it is a template, or an example to be checked. */
export function Marks({ programme }: { programme: Programme }) {
  const { say } = useSpeech();
  return (
    <span className="states">
      {programme.is_template && <Mark>{say("awards.template")}</Mark>}
      {programme.flags.includes(EXAMPLE) && <Mark kind="warns">{say("awards.example")}</Mark>}
    </span>
  );
}

/** Return how to say what is missing, with the category it is missing of. */
export function useGap(categories: readonly Category[]): (gap: Schemas["GapOut"]) => string {
  const { say, of } = useSpeech();
  return ({ category, words }) => {
    if (!category) return of(words);
    const found = categories.find((each) => each.key === category);
    return say("awards.of_category", { what: of(words), category: found ? of(textOf(found.name)) : category });
  };
}

/** Return a text of a definition as texts are answered: both languages stand in it. */
export function textOf(text: Schemas["AwardsText-Input"] | undefined): Schemas["Text-Output"] {
  return { zh: text?.zh ?? "", en: text?.en ?? "" };
}
