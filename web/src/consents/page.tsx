/** A nomination as somebody reads it who has a part in it, by a link of their own; and their answer to it. */

import { Button, Skeleton } from "antd";
import { useParams } from "react-router";
import { type FormDefinition, schemaOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { useWord } from "../parts/word";
import { AnswerForm } from "./answer";
import { Filling } from "./filling";
import { type Consent, useConsent } from "./queries";
import { Papers, Values } from "./shown";
import "./consents.css";

export function ConsentPage() {
  const { say, language, change } = useSpeech();
  const { secret = "" } = useParams();
  const { data, error } = useConsent(secret);
  return (
    <main className="consent">
      <Heads title={say("consent.title")}>
        <Button type="link" onClick={() => change(language === "zh" ? "en" : "zh")}>
          {say("frame.switch_language")}
        </Button>
      </Heads>
      {error && <Failure error={error} />}
      {!data && !error && <Skeleton active />}
      {data && <Read secret={secret} consent={data} />}
    </main>
  );
}

function Read({ secret, consent }: { secret: string; consent: Consent }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const form = consent.form as unknown as FormDefinition | null;
  return (
    <>
      <Facts
        facts={[
          [say("consent.you"), `${consent.person} · ${word("role_kind", consent.role)}`],
          [say("sheets.call"), of(consent.cycle)],
          [say("nominations.unit"), of(consent.unit)],
          [say("nominations.category"), of(consent.category)],
          [say("nominations.number"), consent.number],
          [say("people_in.state"), word("asked", consent.state)],
        ]}
      />
      {form && consent.writes ? (
        <Filling secret={secret} consent={consent} form={form} />
      ) : (
        <>
          {form?.layout.sections.map((section, index) => (
            <section key={index} className="part">
              <h2>{of(textOf(section.title))}</h2>
              <Values fields={section.fields} schema={schemaOf(form)} values={consent.content} />
            </section>
          ))}
          <Papers secret={secret} consent={consent} />
          <AnswerForm secret={secret} consent={consent} />
        </>
      )}
    </>
  );
}
