import { describe, expect, it } from "vitest";
import type { Schedule } from "../schedule/rules";
import { sheetsOf, spanOf, wayOf } from "./rules";

const placed = (session_id: string, room_id: string | null, start_local: string, duration_minutes = 60) => ({
  session_id,
  room_id,
  start_local,
  duration_minutes,
  starts_at: start_local,
  ends_at: start_local,
});
const schedule = {
  rooms: [{ id: "a" }, { id: "b" }, { id: "empty" }],
  placements: [
    placed("late", "a", "2031-05-02T14:00:00"),
    placed("early", "a", "2031-05-02T09:00:00"),
    placed("next", "a", "2031-05-03T09:00:00"),
    placed("other", "b", "2031-05-02T10:00:00"),
    placed("nowhere", null, "2031-05-02T23:30:00"),
  ],
} as unknown as Schedule;
const told = (sheets: ReturnType<typeof sheetsOf>) =>
  sheets.map((sheet) => [sheet.day.slice(-2), sheet.room, sheet.placements.map((each) => each.session_id).join(" ")]);

describe("sheetsOf", () => {
  it("gives each room a sheet for each of its days, in order of time", () => {
    expect(told(sheetsOf(schedule, "room", () => true))).toEqual([
      ["02", "a", "early late"],
      ["03", "a", "next"],
      ["02", "b", "other"],
      ["02", null, "nowhere"],
    ]);
  });

  it("gives each day a sheet, without what is not held", () => {
    expect(told(sheetsOf(schedule, "approval", (session) => session !== "next"))).toEqual([
      ["02", undefined, "early other late nowhere"],
    ]);
  });
});

describe("spanOf", () => {
  it("goes over midnight", () => {
    expect(schedule.placements.map(spanOf).at(-1)).toBe("23:30–00:30");
  });
});

describe("wayOf", () => {
  it("is by day where nothing else is asked for", () => {
    expect(["room", "approval", "", "week"].map(wayOf)).toEqual(["room", "approval", "day", "day"]);
  });
});
