import { describe, expect, it } from "vitest";
import type { ImportRow, Outcome } from "./queries";
import { changesAnything, disagrees, faultsOf, shown, slugOf, undoable } from "./rules";

const NONE = { created: 0, changed: 0, removed: 0, unchanged: 5 };
const SAME = { sessions: NONE, rooms: NONE, people: NONE, tracks: NONE, both_changed: [] } as unknown as Outcome;

describe("an outcome", () => {
  it("changes nothing where all is as it was", () => {
    expect(changesAnything(SAME)).toBe(false);
    expect(changesAnything({ ...SAME, rooms: { ...NONE, created: 1 } })).toBe(true);
  });

  it("disagrees where both changed, and where the file lacks a session", () => {
    expect(disagrees(SAME)).toBe(false);
    expect(disagrees({ ...SAME, sessions: { ...NONE, removed: 1 } })).toBe(true);
    expect(disagrees({ ...SAME, both_changed: [{}] as unknown as Outcome["both_changed"] })).toBe(true);
  });
});

describe("undoable", () => {
  it("is the latest that stands", () => {
    const rows = [
      { id: "c", undone_at: "2031-05-02T00:00:00Z" },
      { id: "b", undone_at: null },
      { id: "a", undone_at: null },
    ] as ImportRow[];
    expect(undoable(rows)).toBe("b");
    expect(undoable(rows.slice(0, 1))).toBeUndefined();
  });
});

describe("slugOf", () => {
  it("is made of letters and digits", () => {
    expect(slugOf("FOSDEM 2023 (final).xml")).toBe("fosdem-2023-final");
    expect(slugOf("议程.xlsx")).toBe("");
  });
});

describe("faultsOf", () => {
  it("finds none in another refusal", () => {
    expect(faultsOf({ detail: "no" })).toEqual([]);
    expect(faultsOf({ problems: [{ code: "encoding" }] })).toHaveLength(1);
  });
});

describe("shown", () => {
  it("says that there is nothing", () => {
    expect(["", null, "a", 3, ["b"]].map(shown)).toEqual(["—", "—", "a", "3", "b"]);
  });
});
