import { describe, expect, it } from "vitest";
import { type JsonSchema, suggestionsAt } from "./completion";
import { parsed, tidy } from "./tidy";
import { lineOf, offsetOf, scan } from "./scan";

const TEST: JsonSchema = {
  $defs: {
    Rule: {
      type: "object",
      properties: { key: { type: "string" }, requires: { $ref: "#/$defs/Any" } },
      required: ["key"],
    },
    Any: { oneOf: [{ $ref: "#/$defs/Born" }, { $ref: "#/$defs/Sex" }] },
    Born: {
      type: "object",
      properties: { test: { const: "born" }, on: { type: "string" }, late: { type: "boolean" } },
      required: ["test"],
    },
    Sex: {
      type: "object",
      properties: { test: { const: "sex" }, is: { enum: ["female", "male"] } },
      required: ["test", "is"],
    },
  },
  type: "object",
  properties: { rules: { type: "array", items: { $ref: "#/$defs/Rule" } } },
};

/** Return what is offered where `|` stands. */
function offered(marked: string): string[] {
  const cursor = marked.indexOf("|");
  return suggestionsAt(marked.replace("|", ""), cursor, TEST)?.all.map(({ text }) => text) ?? [];
}

describe("what may be written", () => {
  it("are names that are not there yet, what is needed first", () => {
    expect(offered("{|}")).toEqual(['"rules": ']);
    expect(offered('{"rules": [{|}]}')).toEqual(['"key": ', '"requires": ']);
    expect(offered('{"rules": [{"key": "a", "|"}]}')).toEqual(['"requires": ']);
    expect(offered('{"rules": [{"key": "a", "re|')).toEqual(['"requires": ']);
  });

  it("depends on what stands in the same place, before or behind", () => {
    expect(offered('{"rules": [{"requires": {"test": "sex", |}}]}')).toEqual(['"is": ']);
    expect(offered('{"rules": [{"requires": {|, "test": "born"}}]}')).toEqual(['"on": ', '"late": ']);
  });

  it("are words that are known, and whole tests", () => {
    expect(offered('{"rules": [{"requires": {"test": "sex", "is": "f|"}}]}')).toEqual(['"female"']);
    expect(offered('{"rules": [{"requires": {"test": "born", "late": |}}]}')).toEqual(["true", "false"]);
    expect(offered('{"rules": [{"requires": |}]}')).toEqual([
      '{ "test": "born" }',
      '{ "test": "sex", "is": "female" }',
    ]);
  });

  it("is nothing behind what is complete, and where the schema knows nothing", () => {
    expect(offered('{"rules": []|}')).toEqual([]);
    expect(offered('{"rules": [{"key": "|"}]}')).toEqual([]);
  });
});

describe("places", () => {
  const text = '{\n "rules": [\n  {"key": "a"},\n  {"key": "b", "requires": {"test": "born"}}\n ]\n}';
  const { places } = scan(text);

  it("are found by pointers, or what holds them, past parts that only the server knows", () => {
    const at = (pointer: string) => text.slice(offsetOf(places, pointer)).slice(0, 6);
    expect(at("/rules/1/key")).toBe('"b", "');
    expect(at("/rules/1/requires/born/test")).toBe('"born"');
    expect(at("/rules/1/requires/on")).toBe('{"test');
    expect(at("/body/rules/0")).toBe('{"key"');
  });

  it("have a line and a column", () => {
    expect(lineOf(text, offsetOf(places, "/rules/1"))).toEqual({ line: 4, column: 3 });
    expect(lineOf(text, 0)).toEqual({ line: 1, column: 1 });
  });
});

describe("tidy", () => {
  it("keeps in one line what fits, and says the same", () => {
    const value = {
      rules: [
        { key: "age", words: "x".repeat(90) },
        { key: "sex", is: ["female"] },
      ],
      empty: {},
      none: [],
    };
    const text = tidy(value);
    expect(text.split("\n")).toContain('    { "key": "sex", "is": ["female"] }');
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe("parsed", () => {
  it("tells where it fails", () => {
    expect(parsed('{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(parsed('{"a": x}')).toMatchObject({ offset: 6 });
    expect(parsed('{"a": ')).toMatchObject({ offset: 6 });
  });
});
