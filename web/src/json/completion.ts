/** What may be written where the cursor stands in JSON, by the JSON Schema that holds for it. */

import { type Container, scan, type Spot } from "./scan";

export interface JsonSchema {
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: boolean | JsonSchema;
  required?: readonly string[];
  items?: JsonSchema;
  description?: string;
  title?: string;
}

export interface Suggestion {
  /** What is written. */
  text: string;
  /** What it is called in the list. */
  label: string;
  /** What it means, as far as the schema tells. */
  hint: string;
}

/** Return what may be written at the cursor, what is needed first. */
export function suggestionsAt(
  text: string,
  cursor: number,
  root: JsonSchema,
): { spot: Spot; all: Suggestion[] } | null {
  const { spot } = scan(text, cursor);
  if (!spot?.expects) return null;
  const schemas = schemasAt(root, spot);
  const all = spot.expects === "key" ? keysOf(schemas, spot) : valuesOf(schemas, root);
  const word = spot.word.toLowerCase();
  const fitting = all.filter(({ label }) =>
    label
      .replace(/^["{ ]+/, "")
      .toLowerCase()
      .includes(word),
  );
  return { spot, all: unique(fitting) };
}

function unique(all: readonly Suggestion[]): Suggestion[] {
  return [...new Map(all.map((each) => [each.text, each])).values()];
}

/** Return the schemas of what is written: of the object whose name it is, or of the value itself. */
function schemasAt(root: JsonSchema, spot: Spot): JsonSchema[] {
  let schemas = expanded([root], root);
  for (const [index, { container, key }] of spot.around.entries()) {
    schemas = fitting(schemas, container);
    if (index === spot.around.length - 1 && spot.expects === "key") return schemas;
    const parts = schemas.flatMap((schema) => partOf(schema, container, key) ?? []);
    schemas = expanded(parts, root);
  }
  return schemas;
}

function partOf(schema: JsonSchema, container: Container, key: string): JsonSchema | undefined {
  if (container.kind === "array") return schema.items;
  const more = schema.additionalProperties;
  return schema.properties?.[key] ?? (typeof more === "object" ? more : undefined);
}

/** Follow references and alternatives. */
function expanded(schemas: readonly JsonSchema[], root: JsonSchema): JsonSchema[] {
  return schemas.flatMap((schema) => {
    const named = schema.$ref && root.$defs?.[schema.$ref.split("/").pop() ?? ""];
    if (named) return expanded([named], root);
    const parts = schema.anyOf ?? schema.oneOf;
    return parts ? expanded(parts, root) : [schema];
  });
}

/** Leave out the alternatives that what stands in a container already contradicts. */
function fitting(schemas: readonly JsonSchema[], container: Container): JsonSchema[] {
  if (container.kind === "array") return schemas.filter((schema) => schema.items);
  return schemas.filter((schema) =>
    Object.entries(schema.properties ?? {}).every(
      ([name, { const: fixed }]) => fixed === undefined || (container.plain.get(name) ?? fixed) === fixed,
    ),
  );
}

function keysOf(schemas: readonly JsonSchema[], { around, word }: Spot): Suggestion[] {
  const there = around.at(-1)?.container.keys;
  return schemas
    .flatMap((schema) =>
      Object.entries(schema.properties ?? {}).map(([name, part]) => ({
        text: `"${name}": `,
        label: name,
        hint: part.description ?? "",
        needed: schema.required?.includes(name) ?? false,
      })),
    )
    .filter(({ label }) => label === word || !there?.has(label))
    .sort((one, other) => Number(other.needed) - Number(one.needed));
}

function valuesOf(schemas: readonly JsonSchema[], root: JsonSchema): Suggestion[] {
  return schemas.flatMap((schema): Suggestion[] => {
    const hint = schema.description?.split("\n")[0] ?? "";
    const words = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
    if (words.length > 0) return words.map((word) => plain(JSON.stringify(word), hint));
    if (schema.type === "boolean") return [plain("true", hint), plain("false", hint)];
    if (schema.type === "null") return [plain("null", hint)];
    if (schema.type === "array") return [plain("[]", hint)];
    if (schema.type === "object" && schema.properties) return [plain(skeleton(schema, root), hint)];
    return [];
  });
}

function plain(text: string, hint: string): Suggestion {
  return { text, label: text, hint };
}

/** Return an object with what it needs, to be filled in. */
function skeleton(schema: JsonSchema, root: JsonSchema): string {
  const needed = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
  const parts = needed.map(([name, part]) => `"${name}": ${blank(part, root)}`);
  return parts.length > 0 ? `{ ${parts.join(", ")} }` : "{}";
}

function blank(schema: JsonSchema, root: JsonSchema): string {
  const [first] = expanded([schema], root);
  if (first?.const !== undefined) return JSON.stringify(first.const);
  if (first?.enum) return JSON.stringify(first.enum[0]);
  if (first?.type === "array") return "[]";
  if (first?.type === "integer" || first?.type === "number") return "0";
  if (first?.type === "boolean") return "false";
  return first?.properties ? "{}" : '""';
}
