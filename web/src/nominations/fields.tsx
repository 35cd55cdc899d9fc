/** The fields of a form as a programme defines it: labels, hints, marks of what is needed, counters, lists of rows. */

import { Button, Checkbox, Input, Select } from "antd";
import { memo, type ReactNode } from "react";
import type { Schemas } from "../api/client";
import { columnsOf, type Field, type FieldSchema, kindOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { lengthOf, type Value } from "./draft";

interface Props {
  field: Field;
  schema: FieldSchema;
  required: boolean;
  value: Value;
  /** Where it stands, such as `/content/name`. */
  pointer: string;
  /** What is wrong, by pointers. */
  faults: ReadonlyMap<string, string>;
  /** What is to be mended, as it was returned, by pointers. */
  remarks: ReadonlyMap<string, string>;
  put: (value: Value) => void;
  readOnly: boolean;
}

/** Return the id of what is filled in at a place. */
export function idOf(pointer: string): string {
  return `at${pointer}`;
}

function FieldOf(props: Props) {
  const { field, schema, required, value, pointer, faults, remarks } = props;
  const { say, of } = useSpeech();
  const kind = kindOf(schema);
  const fault = faults.get(pointer);
  const hint = of(textOf(field.hint));
  const label = of(textOf(field.label));
  const id = idOf(pointer);
  const most = schema.maxLength;
  const length = typeof value === "string" ? lengthOf(value) : 0;
  const over = most !== undefined && length > most;
  const described = `${id} says`.replaceAll(" ", "-");
  const below: ReactNode = (
    <div className="below-field" id={described}>
      {hint && <span className="faint">{hint}</span>}
      {remarks.has(pointer) && <span className="warned">{remarks.get(pointer)}</span>}
      {(over || fault) && <span className="fault">{over ? say("form.too_long", { n: length - most }) : fault}</span>}
      {most !== undefined && kind !== "choice" && (
        <span className={over ? "fault counter" : "faint counter"}>{say("form.count", { n: length, most })}</span>
      )}
    </div>
  );
  const mark = required && (
    <>
      <span aria-hidden="true" className="mark">
        *
      </span>
      <span className="unseen">{say("form.required")}</span>
    </>
  );
  if (kind === "list" || kind === "group" || kind === "texts") {
    return (
      <fieldset className="field rows" id={id} tabIndex={-1} aria-describedby={described}>
        <legend>
          {label} {mark}
        </legend>
        {below}
        {kind === "group" ? <Group {...props} /> : <Rows {...props} label={label} texts={kind === "texts"} />}
      </fieldset>
    );
  }
  if (kind === "flag") {
    return (
      <div className="field">
        <Checkbox
          id={id}
          checked={value === true}
          disabled={props.readOnly}
          aria-describedby={described}
          onChange={({ target }) => props.put(target.checked)}
        >
          {label} {mark}
        </Checkbox>
        {below}
      </div>
    );
  }
  return (
    <div className={kind === "long" ? "field long" : "field"}>
      <label htmlFor={id}>
        {label} {mark}
      </label>
      <One {...props} id={id} described={described} wrong={over || Boolean(fault)} />
      {below}
    </div>
  );
}

/** A field, drawn again only where something of it has changed: forms are long. */
export const FormField = memo(FieldOf, (before, after) => {
  const names = ["field", "schema", "required", "value", "pointer", "faults", "remarks", "readOnly"] as const;
  return names.every((name) => before[name] === after[name]);
});

interface OneProps extends Props {
  id: string;
  described: string;
  wrong: boolean;
}

function One({ field, schema, value, put, id, described, wrong, required, readOnly }: OneProps) {
  const { say, of } = useSpeech();
  const kind = kindOf(schema);
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const named = (word: string) => of(textOf(field.options?.[word])) || word;
  const common = {
    id,
    disabled: readOnly,
    "aria-describedby": described,
    "aria-required": required,
    ...(wrong && { "aria-invalid": true, status: "error" as const }),
  };
  if (kind === "choice") {
    return (
      <OneOf
        id={id}
        disabled={readOnly}
        aria-describedby={described}
        aria-required={required}
        value={text}
        none={say("form.choose")}
        options={(schema.enum ?? []).map((word) => [word, named(word)] as const)}
        onChange={put}
      />
    );
  }
  if (kind === "choices") {
    return (
      <Select
        {...common}
        mode="multiple"
        value={Array.isArray(value) ? (value as string[]) : []}
        options={(schema.items?.enum ?? []).map((word) => ({ value: word, label: named(word) }))}
        onChange={put}
      />
    );
  }
  if (kind === "long") {
    return <Input.TextArea {...common} rows={4} value={text} onChange={({ target }) => put(target.value)} />;
  }
  const types = { date: "date", moment: "datetime-local", number: "number", email: "email", link: "url" } as const;
  const type = kind in types ? types[kind as keyof typeof types] : "text";
  return (
    <Input
      {...common}
      type={type}
      autoComplete="off"
      value={text}
      onChange={({ target }) => put(kind === "number" ? numberIn(target.value) : target.value)}
    />
  );
}

function numberIn(text: string): number | null {
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

type Row = Record<string, Value>;

function Group({ field, schema, value, pointer, faults, remarks, put, readOnly }: Props) {
  const row = (typeof value === "object" && value !== null ? value : {}) as Row;
  return <Columns {...{ field, schema, row, pointer, faults, remarks, readOnly }} put={put} />;
}

interface ColumnsProps {
  field: Field;
  schema: FieldSchema;
  row: Row;
  pointer: string;
  faults: Props["faults"];
  remarks: Props["remarks"];
  put: (row: Row) => void;
  readOnly: boolean;
}

function Columns({ field, schema, row, pointer, faults, remarks, put, readOnly }: ColumnsProps) {
  const columns = columnsOf(schema);
  return (
    <div className="columns-of">
      {(field.fields ?? []).map((column) => (
        <FieldOf
          key={column.name}
          field={column}
          schema={columns.properties?.[column.name] ?? {}}
          required={columns.required?.includes(column.name) ?? false}
          value={row[column.name]}
          pointer={`${pointer}/${column.name}`}
          faults={faults}
          remarks={remarks}
          readOnly={readOnly}
          put={(value) => {
            const all = Object.entries({ ...row, [column.name]: value });
            put(Object.fromEntries(all.filter(([, each]) => each !== "" && each !== null)));
          }}
        />
      ))}
    </div>
  );
}

interface RowsProps extends Props {
  label: string;
  texts: boolean;
}

function Rows({ field, schema, value, pointer, faults, remarks, put, readOnly, label, texts }: RowsProps) {
  const { say } = useSpeech();
  const rows = Array.isArray(value) ? (value as Value[]) : [];
  const most = schema.maxItems;
  const replaced = (index: number, row: Value) => put(rows.map((each, at) => (at === index ? row : each)));
  const moved = (index: number, by: number) => {
    const next = [...rows];
    const [row] = next.splice(index, 1);
    next.splice(index + by, 0, row);
    put(next);
  };
  return (
    <>
      {rows.map((row, index) => {
        const name = `${label} ${index + 1}`;
        const at = `${pointer}/${index}`;
        return (
          <div key={index} role="group" aria-label={name} className="row-of" id={idOf(at)} tabIndex={-1}>
            <div className="row-head">
              <b>{index + 1}</b>
              {!readOnly && (
                <span className="states">
                  <Button
                    size="small"
                    disabled={index === 0}
                    aria-label={say("parts.move_up", { name })}
                    onClick={() => moved(index, -1)}
                  >
                    ↑
                  </Button>
                  <Button
                    size="small"
                    disabled={index === rows.length - 1}
                    aria-label={say("parts.move_down", { name })}
                    onClick={() => moved(index, 1)}
                  >
                    ↓
                  </Button>
                  <Button
                    size="small"
                    aria-label={say("parts.take_out", { name })}
                    onClick={() => put(rows.filter((_, place) => place !== index))}
                  >
                    {say("parts.take_away")}
                  </Button>
                </span>
              )}
            </div>
            {texts ? (
              <Input
                aria-label={name}
                disabled={readOnly}
                value={typeof row === "string" ? row : ""}
                onChange={({ target }) => replaced(index, target.value)}
              />
            ) : (
              <Columns
                {...{ field, schema, pointer: at, faults, remarks, readOnly }}
                row={(typeof row === "object" && row !== null ? row : {}) as Row}
                put={(changed) => replaced(index, changed)}
              />
            )}
          </div>
        );
      })}
      {!readOnly && (
        <div className="acts">
          <Button
            disabled={most !== undefined && rows.length >= most}
            aria-label={say("form.add_to", { what: label })}
            onClick={() => put([...rows, texts ? "" : {}])}
          >
            {say("form.add")}
          </Button>
          {rows.length === 0 && !schema.minItems && (
            <Checkbox checked={Array.isArray(value)} onChange={({ target }) => put(target.checked ? [] : null)}>
              {say("form.there_is_none")}
            </Checkbox>
          )}
          {most !== undefined && <span className="faint">{say("form.rows", { n: rows.length, most })}</span>}
        </div>
      )}
    </>
  );
}

/** Return what is wrong with fields, in the language of the page. */
export function faultsOf(lacks: readonly Schemas["LackOut"][], of: (text: Schemas["Text-Output"]) => string) {
  return new Map(lacks.map((lack) => [lack.pointer, of(lack.words)]));
}
