/** A nomination as somebody reads it who has a part in it, by a link of their own; and their answer to it. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Radio, Skeleton } from "antd";
import { useParams } from "react-router";
import { columnsOf, type Field, type FieldSchema, type FormDefinition, schemaOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { api, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { inWords } from "../parts/differences";
import { Entry } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { useWord } from "../parts/word";
import "./consents.css";

type Consent = Schemas["ConsentOut"];
type Answer = Pick<Schemas["ConsentIn"], "answer" | "words">;

export function ConsentPage() {
  const { say, language, change } = useSpeech();
  const { secret = "" } = useParams();
  const { data, error } = useQuery({
    queryKey: ["consent", secret],
    queryFn: () => told(api.GET("/api/awards/consents/{secret}", { params: { path: { secret } } })),
    retry: false,
  });
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
          [say("cycles.title"), of(consent.cycle)],
          [say("nominations.unit"), of(consent.unit)],
          [say("nominations.category"), of(consent.category)],
          [say("nominations.number"), consent.number],
          [say("people_in.state"), word("asked", consent.state)],
        ]}
      />
      {form?.layout.sections.map((section, index) => (
        <section key={index} className="part">
          <h2>{of(textOf(section.title))}</h2>
          <Values fields={section.fields} schema={schemaOf(form)} values={consent.content} />
        </section>
      ))}
      <AnswerForm secret={secret} consent={consent} />
    </>
  );
}

interface ValuesProps {
  fields: readonly Field[];
  schema: FieldSchema;
  values: Readonly<Record<string, unknown>>;
}

/** What is filled in, each under its name, with the words of choices. */
function Values({ fields, schema, values }: ValuesProps) {
  const { of } = useSpeech();
  const shown = (field: Field, value: unknown) => {
    const named = (each: unknown) => (typeof each === "string" && of(textOf(field.options?.[each]))) || inWords(each);
    return Array.isArray(value) ? value.map(named).join("; ") : named(value);
  };
  return (
    <dl className="said-of">
      {fields.map((field) => {
        const value = values[field.name];
        const rows = field.fields?.length && Array.isArray(value) ? (value as Record<string, unknown>[]) : undefined;
        return (
          <div key={field.name}>
            <dt>{of(textOf(field.label))}</dt>
            <dd>
              {rows
                ? rows.map((row, index) => (
                    <Values
                      key={index}
                      fields={field.fields ?? []}
                      schema={columnsOf(schema.properties?.[field.name] ?? {})}
                      values={row}
                    />
                  ))
                : shown(field, value)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function AnswerForm({ secret, consent }: { secret: string; consent: Consent }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const send = async (values: Answer) => {
    const params = { path: { secret } };
    const body = { ...values, covers: consent.covers };
    const answered = await told(api.POST("/api/awards/consents/{secret}/answer", { params, body }));
    queries.setQueryData(["consent", secret], answered);
  };
  return (
    <section className="part">
      <h2>{say("consent.answer")}</h2>
      {consent.state === "consented" && <Alert type="success" showIcon title={say("consent.given")} />}
      <p>{say("consent.says")}</p>
      <Entry<Answer>
        key={consent.state}
        start={{ answer: "consent", words: consent.words }}
        send={send}
        submit={say("consent.send")}
        about={{ "reason-for-declining": ["words"] }}
      >
        <Form.Item name="answer" label={say("consent.answer")}>
          <Radio.Group
            options={[
              { value: "consent", label: say("consent.yes") },
              { value: "decline", label: say("consent.no") },
            ]}
          />
        </Form.Item>
        <Form.Item name="words" label={say("consent.words")} extra={say("consent.words_help")}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
      </Entry>
    </section>
  );
}
