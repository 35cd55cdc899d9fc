import { describe, expect, it } from "vitest";
import { leftUntil, sentStage, stageFields, stepsOf, whenOf } from "./rules";

const DATED = { on: null, until_on: null, at_local: "2031-05-02T17:00:00", until_local: null };

describe("a stage", () => {
  it("is sent to the minute, or as days, and its kind is not said again", () => {
    const fields = { ...stageFields(), kind: "check" as const, from: "2031-05-02T17:00", until: "" };
    expect(sentStage(fields)).toMatchObject({ at_local: "2031-05-02T17:00:00", until_local: null, on: null });
    expect(sentStage({ ...fields, by: "day" })).toMatchObject({ at_local: null, on: "2031-05-02" });
    expect(sentStage(fields)).not.toHaveProperty("kind");
  });

  it("is said in its own zone", () => {
    expect(whenOf(DATED)).toBe("2031-05-02 17:00");
    expect(whenOf({ ...DATED, at_local: null, on: "2031-05-02", until_on: "2031-05-04" })).toBe(
      "2031-05-02 – 2031-05-04",
    );
  });
});

it("a cycle goes on step by step", () => {
  expect(stepsOf("draft")).toEqual(["open"]);
  expect(stepsOf("concluded")).toEqual([]);
});

it("time left is counted down to the second of the deadline itself", () => {
  const until = "2031-05-02T09:00:00Z";
  const at = Date.parse(until);
  expect(leftUntil(until, at - (86_400 + 3600 + 61) * 1000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
  expect(leftUntil(until, at)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
  expect(leftUntil(until, at + 1)).toBeNull();
});
