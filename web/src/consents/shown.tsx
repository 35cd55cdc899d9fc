/** What a nomination says, as somebody reads it who has a part in it: its form filled in, and its papers. */

import { columnsOf, type Field, type FieldSchema } from "../awards/form";
import { textOf } from "../awards/shown";
import { useSpeech } from "../frame/language";
import { inWords } from "../parts/differences";
import type { Consent } from "./queries";

interface ValuesProps {
  fields: readonly Field[];
  schema: FieldSchema;
  values: Readonly<Record<string, unknown>>;
}

/** What is filled in, each under its name, with the words of choices. */
export function Values({ fields, schema, values }: ValuesProps) {
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

/** The papers that are about whoever reads this: they answer to them as well. */
export function Papers({ secret, consent }: { secret: string; consent: Consent }) {
  const { say } = useSpeech();
  const files = consent.attachments.filter(({ pointer }) => pointer === null);
  if (files.length === 0) return null;
  return (
    <section className="part">
      <h2>{say("papers.title")}</h2>
      <ul>
        {files.map(({ id, name }) => (
          <li key={id}>
            <a href={`/api/awards/consents/${secret}/attachments/${id}`} download={name}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
