import { describe, expect, it } from "vitest";
import { changesOf, moved, same } from "./changes";

describe("changes", () => {
  it("are those fields that differ, however deep", () => {
    const before = { title: { zh: "潮", en: "Tide" }, tags: ["a", "b"], minutes: 30 };
    expect(changesOf(before, { ...before, title: { en: "Tide", zh: "潮" } })).toEqual({});
    expect(changesOf(before, { title: { zh: "潮", en: "Tides" }, tags: ["b", "a"], minutes: 30 })).toEqual({
      title: { zh: "潮", en: "Tides" },
      tags: ["b", "a"],
    });
  });

  it("tell a list from a thing, and none from zero", () => {
    expect(same([], {})).toBe(false);
    expect(same(null, 0)).toBe(false);
    expect(same({ a: undefined }, {})).toBe(true);
  });

  it("move one item of a list", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
