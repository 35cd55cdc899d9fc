import { describe, expect, it } from "vitest";
import { changesOf, moved, placesAfter, same } from "./changes_p";

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

  it("give places to those that need another one, also where all stood at the same", () => {
    const items = ["a", "b", "c"].map((id) => ({ id, position: 0 }));
    expect(placesAfter(items, "c", -1).map(({ item, position }) => [item.id, position])).toEqual([
      ["c", 1],
      ["b", 2],
    ]);
    expect(placesAfter(items, "a", -1)).toEqual([]);
  });
});
