/** What a definition says, in words: of a programme, or of a cycle. */

import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Facts } from "../parts/facts";
import { Table } from "../parts/table";
import { useWord } from "../parts/word";
import {
  type Category,
  columnsOf,
  countOf,
  type Field,
  type FieldSchema,
  type FormDefinition,
  kindOf,
  schemaOf,
} from "./form";
import { textOf } from "./shown";

/** The parts of a definition, as the API tells them. */
export type Definition = Pick<
  Schemas["DefinitionOut"],
  "routes" | "unit_notice_days" | "categories" | "groups" | "limits" | "quotas" | "objection_window"
> & { stages?: Schemas["DefinitionOut"]["stages"] };

interface Parts {
  categories: Category[];
  groups: Schemas["KindIn"][];
  limits: Schemas["LimitsIn"] | null;
  quotas: Schemas["QuotaIn"][] | null;
  objection_window: Schemas["ObjectionWindowIn"] | null;
  stages: Schemas["PlannedStageIn"][] | null;
}

/** Return the parts of a definition as they were written. */
export function partsOf(definition: Definition): Parts {
  return { stages: null, ...definition } as unknown as Parts;
}

export function DefinitionInWords({ definition }: { definition: Definition }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const { categories, groups, limits, quotas, stages, objection_window: window } = partsOf(definition);
  const named = (key: string, all: readonly Schemas["KindIn"][]) => {
    const found = all.find((each) => each.key === key);
    return found ? of(textOf(found.name)) : key;
  };
  const between = (least: number | null | undefined, most: number | null | undefined) =>
    [
      typeof least === "number" && say("awards.at_least", { n: least }),
      typeof most === "number" && say("awards.at_most", { n: most }),
    ]
      .filter(Boolean)
      .join(say("awards.comma")) || say("awards.unlimited");
  const join = (all: readonly string[]) => all.join(say("awards.comma")) || say("awards.none_of_them");
  const limit = limits && [
    `${say("awards.total")}${say("awards.colon")}${between(null, limits.total)}`,
    ...(limits.grades ?? []).map(({ name, most }) => `${of(textOf(name))}${say("awards.colon")}${between(null, most)}`),
    ...(limits.groups ?? []).map(
      ({ key, least, most }) => `${named(key, groups)}${say("awards.colon")}${between(least, most)}`,
    ),
  ];
  const quota = quotas?.map(({ category, total, per_unit }) => {
    const said = [
      typeof per_unit === "number" && say("awards.per_unit", { n: per_unit }),
      typeof total === "number" && say("awards.in_all", { n: total }),
    ].filter(Boolean);
    return `${named(category, categories)}${say("awards.colon")}${said.join(say("awards.comma")) || say("awards.unlimited")}`;
  });
  const unknown = say("awards.unknown");
  return (
    <>
      <Facts
        facts={[
          [
            say("awards.field.routes"),
            definition.routes ? join(definition.routes.map((each) => word("route", each))) : unknown,
          ],
          [
            say("awards.field.unit_notice_days"),
            definition.unit_notice_days === null ? unknown : say("awards.days", { n: definition.unit_notice_days }),
          ],
          [say("awards.field.groups"), join(groups.map(({ name }) => of(textOf(name))))],
          [say("awards.field.limits"), limit ? <Lines all={limit} /> : unknown],
          [
            say("awards.field.quotas"),
            quota ? <Lines all={quota.length > 0 ? quota : [say("awards.unlimited")]} /> : unknown,
          ],
          [
            say("awards.field.objection_window"),
            window ? say(`award_window.${window.counted}`, { n: window.days }) : say("award_window.own"),
          ],
          ...("stages" in definition
            ? [
                [
                  say("awards.field.stages"),
                  stages ? (
                    <Lines
                      all={stages.map(({ kind, title }) => of(textOf(title)) || word("stage_kind", kind))}
                      key="stages"
                    />
                  ) : (
                    unknown
                  ),
                ] as const,
              ]
            : []),
        ]}
      />
      {categories.length === 0 && <p>{unknown}</p>}
      {categories.map((category) => (
        <CategoryInWords key={category.key} category={category} />
      ))}
    </>
  );
}

function Lines({ all }: { all: readonly string[] }) {
  return all.map((each) => <div key={each}>{each}</div>);
}

function CategoryInWords({ category }: { category: Category }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const kinds = category.candidate_kinds ?? [];
  const { form, attachments } = category;
  return (
    <section className="category">
      <h2>
        {of(textOf(category.name))} <small className="faint">{word("subject", category.subject)}</small>
      </h2>
      {kinds.length > 0 && (
        <p>
          {say("awards.candidate_kinds")}
          {say("awards.colon")}
          {kinds.map(({ name }) => of(textOf(name))).join(say("awards.comma"))}
        </p>
      )}
      {form ? (
        <details>
          <summary>{say("awards.form", { n: countOf(form) })}</summary>
          <Outline form={form} />
        </details>
      ) : (
        <p className="warned">{say("awards.no_form")}</p>
      )}
      {attachments ? (
        <details>
          <summary>{say("awards.attachments", { n: attachments.length })}</summary>
          <Papers category={category} />
        </details>
      ) : (
        <p className="warned">{say("awards.no_attachments")}</p>
      )}
    </section>
  );
}

function Outline({ form }: { form: FormDefinition }) {
  const { say, of } = useSpeech();
  const schema = schemaOf(form);
  const heads = ["awards.field_name", "awards.field_kind", "awards.field_limit", "awards.required"] as const;
  return form.layout.sections.map((section, index) => (
    <div key={index}>
      <h3>{of(textOf(section.title))}</h3>
      <Table name={of(textOf(section.title))} heads={heads.map((head) => say(head))}>
        <Rows fields={section.fields} schema={schema} depth={0} />
      </Table>
    </div>
  ));
}

function Rows({ fields, schema, depth }: { fields: readonly Field[]; schema: FieldSchema; depth: number }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const limit = useLimit();
  return fields.map((field) => {
    const own = schema.properties?.[field.name] ?? {};
    return [
      <tr key={field.name}>
        <td style={{ paddingLeft: 12 + 20 * depth }}>
          {of(textOf(field.label))}
          {of(textOf(field.hint)) && <div className="faint">{of(textOf(field.hint))}</div>}
        </td>
        <td>{word("field_kind", kindOf(own))}</td>
        <td>{limit(own)}</td>
        <td>{say(schema.required?.includes(field.name) ? "awards.yes" : "awards.no")}</td>
      </tr>,
      ...(field.fields?.length
        ? [<Rows key={`${field.name} columns`} fields={field.fields} schema={columnsOf(own)} depth={depth + 1} />]
        : []),
    ];
  });
}

/** Return how to say how much may be written into a field. */
export function useLimit(): (schema: FieldSchema) => string {
  const { say } = useSpeech();
  return (schema) => {
    const { minLength = 0, maxLength, minItems = 0, maxItems, minimum, maximum } = schema;
    const options = schema.enum ?? schema.items?.enum;
    if (options) return say("awards.options", { n: options.length });
    if (maxItems !== undefined) return say("awards.items", { least: minItems, most: maxItems });
    if (maxLength !== undefined) {
      return minLength > 1
        ? say("awards.signs", { least: minLength, most: maxLength })
        : say("awards.signs_most", { most: maxLength });
    }
    if (minimum === undefined && maximum === undefined) return "";
    return say("awards.numbers", { least: minimum ?? "", most: maximum ?? "" });
  };
}

function Papers({ category }: { category: Category }) {
  const { say, of } = useSpeech();
  const kinds = category.candidate_kinds ?? [];
  const name = (key: string) => of(textOf(kinds.find((each) => each.key === key)?.name)) || key;
  const heads = ["awards.paper", "awards.required", "awards.only_for", "awards.formats", "awards.kept"] as const;
  return (
    <Table name={`${of(textOf(category.name))} · ${say("awards.paper")}`} heads={heads.map((head) => say(head))}>
      {category.attachments?.map((paper) => (
        <tr key={paper.key}>
          <td>
            {of(textOf(paper.name))}
            {of(textOf(paper.hint)) && <div className="faint">{of(textOf(paper.hint))}</div>}
          </td>
          <td>{say(paper.required === false ? "awards.no" : "awards.yes")}</td>
          <td>{(paper.only_for ?? []).map(name).join(say("awards.comma")) || say("awards.everybody")}</td>
          <td>{(paper.formats ?? []).join(", ") || say("awards.any_format")}</td>
          <td>{say(paper.kept_from_candidate ? "awards.yes" : "awards.no")}</td>
        </tr>
      ))}
    </Table>
  );
}
