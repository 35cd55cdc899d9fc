/** How complete the texts of a session are in each language, as they are typed. */

import { Form, type FormInstance } from "antd";
import { type Key, useSpeech } from "../frame/language";
import { type Session, type SessionEntry, sideOf, TEXTS } from "./rules";

const LABELS = {
  title: "programme.name",
  subtitle: "programme.subtitle",
  abstract: "programme.abstract",
  description: "programme.description",
} as const satisfies Record<(typeof TEXTS)[number], Key>;

function textsOf({ title, subtitle, abstract, description }: SessionEntry): Partial<SessionEntry> {
  return { title, subtitle, abstract, description };
}

export function Sides({ form, start }: { form: FormInstance<SessionEntry>; start: Session }) {
  const { say } = useSpeech();
  const typed = Form.useWatch(textsOf, form) as Partial<SessionEntry> | undefined;
  return (
    <ul className="sides cards" aria-label={say("programme.completeness")}>
      {(["zh", "en"] as const).map((language) => {
        const { filled, of, missing } = sideOf(typed ?? start, language);
        const lacking = missing.map((name) => say(LABELS[name])).join(say("programme.comma"));
        return (
          <li key={language}>
            <b>{say(language === "zh" ? "programme.in_zh" : "programme.in_en")}</b> {filled} / {of}{" "}
            {lacking && <span>{say("programme.lacks", { lacking })}</span>}
          </li>
        );
      })}
    </ul>
  );
}
