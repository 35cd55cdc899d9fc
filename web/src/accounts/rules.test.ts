import { describe, expect, it } from "vitest";
import { editionOf, standingOf } from "./rules";

const TODAY = "2026-11-29";

describe("how a grant stands", () => {
  it("counts both its days", () => {
    expect(standingOf(TODAY, TODAY, null, TODAY)).toBe("in_force");
    expect(standingOf("2026-01-01", null, null, TODAY)).toBe("in_force");
  });

  it("is ahead, over, or ended at once", () => {
    expect(standingOf("2026-11-30", null, null, TODAY)).toBe("ahead");
    expect(standingOf("2026-01-01", "2026-11-28", null, TODAY)).toBe("over");
    expect(standingOf("2026-01-01", null, "2026-11-01T00:00:00Z", TODAY)).toBe("ended");
  });
});

it("the edition of a scope is what it names", () => {
  expect(editionOf("edition:7")).toBe("7");
  expect(editionOf("award:7")).toBeUndefined();
  expect(editionOf(null)).toBeUndefined();
});
