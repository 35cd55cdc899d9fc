/** Forms as programmes define them: what a field takes, read from its JSON Schema, and in which order fields stand. */

import type { Schemas } from "../api/client";

export type Category = Schemas["CategoryIn"];
export type Field = Schemas["FieldIn"];
export type FormDefinition = Schemas["FormIn"];

/** The words of JSON Schema that a form may use. */
export interface FieldSchema {
  type?: string;
  enum?: readonly string[];
  format?: string;
  pattern?: string;
  properties?: Readonly<Record<string, FieldSchema>>;
  required?: readonly string[];
  items?: FieldSchema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export const FIELD_KINDS = [
  "text",
  "long",
  "choice",
  "choices",
  "date",
  "moment",
  "number",
  "flag",
  "list",
  "texts",
  "group",
  "identity",
  "email",
  "link",
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** From so many characters on a text is written into a field of several lines. */
const LONG = 200;

const BY_FORMAT: Readonly<Record<string, FieldKind>> = {
  date: "date",
  "date-time": "moment",
  email: "email",
  uri: "link",
  "identity-number": "identity",
  "rich-text": "long",
};

/** Return what a field takes. */
export function kindOf(schema: FieldSchema): FieldKind {
  if (schema.type === "array") {
    if (schema.items?.properties) return "list";
    return schema.items?.enum ? "choices" : "texts";
  }
  if (schema.type === "object") return "group";
  if (schema.type === "boolean") return "flag";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.enum) return "choice";
  return BY_FORMAT[schema.format ?? ""] ?? ((schema.maxLength ?? 0) > LONG ? "long" : "text");
}

/** Return the schema of a form. */
export function schemaOf(form: FormDefinition): FieldSchema {
  return form.schema;
}

/** Return the schema of what stands in a list or a group: its columns. */
export function columnsOf(schema: FieldSchema): FieldSchema {
  return schema.items ?? schema;
}

/** Return how many fields a form has, those of lists counted as one. */
export function countOf(form: FormDefinition): number {
  return form.layout.sections.reduce((sum, section) => sum + section.fields.length, 0);
}

/** Return what a category is called, in both languages; its key where a definition no longer has it. */
export function categoryName(categories: readonly Category[], key: string): Schemas["Text-Output"] {
  const name = categories.find((each) => each.key === key)?.name;
  return { zh: name?.zh ?? key, en: name?.en ?? "" };
}
