import { describe, expect, it } from "vitest";
import { sent, slugOf } from "./rules";

describe("sent", () => {
  it("sends no day for one that was cleared, and nothing that was not entered", () => {
    const name = { zh: "甲", en: "" };
    expect(sent({ aliases: [{ name, from_on: "", until_on: "2025-01-01" }] })).toEqual({
      aliases: [{ name, from_on: null, until_on: "2025-01-01" }],
    });
    expect(sent({})).toEqual({});
  });
});

describe("slugOf", () => {
  it("keeps letters and digits", () => {
    expect(slugOf("World Young Scientist Summit (2027)")).toBe("world-young-scientist-summit-2027");
    expect(slugOf("年会")).toBe("");
  });
});
