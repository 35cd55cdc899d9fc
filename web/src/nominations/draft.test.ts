import { describe, expect, it } from "vitest";
import { afterAnswer, changedOf, fieldOf, keepable, lengthOf, tooLong } from "./draft";

describe("what is sent", () => {
  it("is what was changed, null for what was cleared", () => {
    expect(changedOf({ name: "李", unit: "A" }, { name: "李华", unit: "" })).toEqual({ name: "李华", unit: null });
    expect(changedOf({ name: "李" }, { name: "李", unit: "" })).toEqual({});
  });

  it("is an empty list where there is none, and nothing where that was not said", () => {
    expect(changedOf({}, { honours: [] })).toEqual({ honours: [] });
    expect(changedOf({ honours: [] }, { honours: [] })).toEqual({});
    expect(changedOf({ honours: [{ what: "a" }] }, {})).toEqual({ honours: null });
  });
});

describe("an answer", () => {
  it("takes nothing of what was typed meanwhile, and brings what others wrote", () => {
    const sent = { name: "李", unit: "A" };
    const typed = { name: "李华", unit: "A" };
    expect(afterAnswer(typed, sent, { name: "李", unit: "A", post: "院长" })).toEqual({
      name: "李华",
      unit: "A",
      post: "院长",
    });
  });

  it("shows an identity number as the server tells it", () => {
    const sent = { id: "11010519491231002X" };
    expect(afterAnswer(sent, sent, { id: "110105********002X" })).toEqual({ id: "110105********002X" });
  });
});

it("signs are counted as people count them", () => {
  expect(lengthOf("中文𠮷a😀")).toBe(5);
});

it("what is too long waits, in lists as well", () => {
  const schema = {
    properties: {
      name: { type: "string", maxLength: 2 },
      rows: { type: "array", items: { type: "object", properties: { what: { type: "string", maxLength: 1 } } } },
    },
  };
  expect(tooLong({ name: "中文字", rows: [{ what: "a" }] }, schema)).toEqual(["name"]);
  expect(tooLong({ name: "中文", rows: [{ what: "ab" }] }, schema)).toEqual(["rows"]);
});

it("identity numbers are not kept on a device", () => {
  const schema = {
    properties: {
      name: { type: "string" },
      id: { type: "string", format: "identity-number" },
      team: {
        type: "array",
        items: { type: "object", properties: { id: { type: "string", format: "identity-number" } } },
      },
    },
  };
  expect(keepable({ name: "李", id: "1", team: [{ id: "2" }] }, schema)).toEqual({ name: "李" });
});

it("a place is of a field", () => {
  expect(fieldOf("/content/a~1b/0/c")).toBe("a/b");
});
