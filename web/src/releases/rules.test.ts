import { describe, expect, it } from "vitest";
import type { Change, Next } from "./queries";
import { byKind, leftOut, obstacleOf } from "./rules";

const NOTHING: Next = {
  number: 1,
  fingerprint: "",
  counts: { added: 0, moved: 0, cancelled: 0, changed: 0 },
  changes: [],
  blocking: [],
  requires_approval: false,
  approvals: [],
};
const SOME: Next = { ...NOTHING, counts: { ...NOTHING.counts, moved: 1 } };
const approved = (approved_by: string) => ({ approved_by, approved_at: "2031-05-01T00:00:00Z", note: "" });

describe("obstacleOf", () => {
  it("is none for what may be released", () => {
    expect(obstacleOf(SOME, "me")).toBeUndefined();
    expect(obstacleOf(NOTHING, "me")).toBe("nothing");
  });

  it("is a conflict before it is an approval", () => {
    const blocking = [{}] as unknown as Next["blocking"];
    expect(obstacleOf({ ...SOME, blocking, requires_approval: true }, "me")).toBe("blocked");
  });

  it("is an approval of somebody else, where one is asked for", () => {
    const asked: Next = { ...SOME, requires_approval: true };
    expect(obstacleOf(asked, "me")).toBe("unapproved");
    expect(obstacleOf({ ...asked, approvals: [approved("me")] }, "me")).toBe("unapproved");
    expect(obstacleOf({ ...asked, approvals: [approved("me"), approved("other")] }, "me")).toBeUndefined();
  });
});

describe("byKind", () => {
  it("keeps the order of time within each kind", () => {
    const changes = ["moved", "added", "moved"].map((kind, n) => ({ kind, session_id: String(n) })) as Change[];
    expect(byKind(changes).map(([kind, of]) => [kind, of.map((each) => each.session_id)])).toEqual([
      ["added", ["1"]],
      ["moved", ["0", "2"]],
    ]);
  });
});

describe("leftOut", () => {
  it("counts drafts that have a place, and what is confirmed without one", () => {
    const of = (...ids: string[]) => ids.map((session_id) => ({ session_id }));
    const schedule = { placements: of("a", "b"), tray: of("c", "d") };
    const sessions = new Map([
      ["a", { status: "draft" }],
      ["b", { status: "confirmed" }],
      ["c", { status: "confirmed" }],
      ["d", { status: "draft" }],
    ]);
    expect(leftOut(schedule as unknown as Parameters<typeof leftOut>[0], sessions)).toEqual({ drafts: 1, unplaced: 1 });
  });
});
