import { describe, expect, it } from "vitest";
import { changesOf, inWords, moved, placesAfter, same } from "./differences";

describe("same", () => {
  it("takes what is empty, missing or null for nothing", () => {
    expect(same("", null)).toBe(true);
    expect(same({ zh: "", en: "" }, undefined)).toBe(true);
    expect(same([], "")).toBe(true);
    expect(same(0, null)).toBe(false);
    expect(same(false, null)).toBe(false);
  });

  it("minds order in lists and not in objects", () => {
    expect(same([1, 2], [2, 1])).toBe(false);
    expect(same({ zh: "a", en: "b" }, { en: "b", zh: "a" })).toBe(true);
    expect(same({ zh: "a", en: "" }, { zh: "a" })).toBe(true);
  });
});

describe("changesOf", () => {
  it("leaves out what stands as it did", () => {
    const start = { name: { zh: "甲", en: "A" }, on: null, flags: ["x"] };
    const name = { zh: "甲", en: "B" };
    expect(changesOf<object>(start, { name, on: "", flags: ["x"] })).toEqual({ name });
  });
});

describe("inWords", () => {
  it("says texts in both languages, and nothing as a dash", () => {
    expect(inWords([{ zh: "甲", en: "A" }, null])).toBe("甲 / A; –");
    expect(inWords({ authority: { zh: "部", en: "" }, heads: 3, number: "" })).toBe("部, heads 3");
    expect(inWords(true)).toBe("✓");
  });
});

describe("order", () => {
  it("is changed by moving one", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });

  it("gives places to those that need another one, also where all stood at the same", () => {
    const items = ["a", "b", "c"].map((id) => ({ id, position: 0 }));
    expect(placesAfter(items, "c", -1).map(({ item, position }) => [item.id, position])).toEqual([
      ["c", 1],
      ["b", 2],
    ]);
    expect(placesAfter(items, "a", -1)).toEqual([]);
  });
});
