/** A form as it is filled in: its sections, each field at its place, over what saves itself. */

import type { FormDefinition } from "../awards/form";
import { schemaOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { useSpeech } from "../frame/language";
import { FormField, idOf } from "./fields";
import type { Saves } from "./saving";

interface Props {
  form: FormDefinition;
  draft: Saves;
  /** What is wrong, and what is to be mended, by pointers. */
  faults: ReadonlyMap<string, string>;
  remarks?: ReadonlyMap<string, string>;
  readOnly: boolean;
}

const NOTHING: ReadonlyMap<string, string> = new Map();
const EMPTY = {};

export function FormParts({ form, draft, faults, remarks = NOTHING, readOnly }: Props) {
  const { of } = useSpeech();
  const schema = schemaOf(form);
  return form.layout.sections.map((section, index) => (
    <section key={index} className="form-part" {...(index === 0 && { id: idOf("/content"), tabIndex: -1 })}>
      <h2 id={`part-${index}`}>{of(textOf(section.title))}</h2>
      <div className="columns-of">
        {section.fields.map((field) => (
          <FormField
            key={field.name}
            field={field}
            schema={schema.properties?.[field.name] ?? EMPTY}
            required={schema.required?.includes(field.name) ?? false}
            value={draft.values[field.name]}
            pointer={`/content/${field.name.replaceAll("~", "~0").replaceAll("/", "~1")}`}
            faults={faults}
            remarks={remarks}
            readOnly={readOnly}
            put={(value) => draft.put(field.name, value)}
          />
        ))}
      </div>
    </section>
  ));
}
