import { expect, it } from "vitest";
import { kindOf } from "./form";

it("what a field takes is read from its schema", () => {
  const text = { type: "string" };
  expect(
    [
      text,
      { ...text, maxLength: 500 },
      { ...text, enum: ["a"] },
      { ...text, format: "date" },
      { ...text, format: "identity-number" },
      { type: "integer" },
      { type: "boolean" },
      { type: "array", items: { type: "object", properties: { a: text } } },
      { type: "array", items: { ...text, enum: ["a"] } },
      { type: "array", items: text },
    ].map(kindOf),
  ).toEqual(["text", "long", "choice", "date", "identity", "number", "flag", "list", "choices", "texts"]);
});
