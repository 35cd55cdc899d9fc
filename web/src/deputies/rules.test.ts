import { expect, it } from "vitest";
import { type Deputy, stateOf } from "./rules";

it("counts both days, and what was ended is over whatever the day", () => {
  const deputy = { from_on: "2026-12-05", until_on: "2026-12-20", ended_at: null } as Deputy;
  const at = (today: string) => stateOf(deputy, today);
  expect(["2026-12-04", "2026-12-05", "2026-12-20", "2026-12-21"].map(at)).toEqual(["ahead", "now", "now", "over"]);
  expect(stateOf({ ...deputy, ended_at: "2026-12-06T01:00:00Z" }, "2026-12-07")).toBe("ended");
});
