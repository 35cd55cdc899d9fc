import { describe, expect, it } from "vitest";
import { clock, lanesOf, localOf, lockOn, minutesOf, type Placement, samePlace, snapped, spanOf } from "./rules";

function placed(id: string, from: string, minutes: number): Placement {
  const starts = Date.parse(`2031-05-02T${from}Z`);
  return {
    session_id: id,
    edition_id: "e",
    room_id: "r",
    start_local: `2031-05-02T${from}:00`,
    zone: "UTC",
    duration_minutes: minutes,
    starts_at: new Date(starts).toISOString(),
    ends_at: new Date(starts + minutes * 60_000).toISOString(),
    locked: false,
    version: 1,
    changed_by: "a",
    changed_at: "",
  };
}

describe("minutes", () => {
  it("go from wall time to minutes and back, over midnight too", () => {
    for (const minutes of [0, 545, 1439, 1470])
      expect(minutesOf(localOf("2031-05-02", minutes), "2031-05-02")).toBe(minutes);
    expect(clock(1470)).toBe("00:30");
  });

  it("snap to the nearest step", () => {
    expect([snapped(547, 5), snapped(548, 5), snapped(547, 30)]).toEqual([545, 550, 540]);
  });
});

describe("the span of a board", () => {
  it("is the hours of the edition, and more where something needs it, by whole hours", () => {
    expect(spanOf([], "2031-05-02", 480, 1260)).toEqual([480, 1260]);
    expect(spanOf([placed("a", "07:10", 20), placed("b", "20:50", 45)], "2031-05-02", 480, 1260)).toEqual([420, 1320]);
  });
});

describe("lanes", () => {
  it("stand side by side where sessions overlap, through others too", () => {
    const lanes = lanesOf([
      placed("a", "09:00", 60),
      placed("b", "09:30", 60),
      placed("c", "10:00", 60),
      placed("d", "11:00", 30),
    ]);
    expect(lanes.get("a")).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get("b")).toEqual({ lane: 1, lanes: 2 });
    expect(lanes.get("c")).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get("d")).toEqual({ lane: 0, lanes: 1 });
  });
});

describe("places", () => {
  it("are the same by the minute", () => {
    const place = { room_id: "r", start_local: "2031-05-02T09:00:00", duration_minutes: 30 };
    expect(samePlace(place, { ...place, start_local: "2031-05-02T09:00" })).toBe(true);
    expect(samePlace(place, null)).toBe(false);
  });
});

describe("a lock", () => {
  const lock = (room_id: string | null, day: string | null) => ({
    id: "l",
    room_id,
    day,
    locked_by: "a",
    locked_at: "",
  });

  it("holds its room on every day, its day in every room, or one room on one day", () => {
    expect(lockOn([lock("r", null)], "r", "2031-05-02")).toBeDefined();
    expect(lockOn([lock(null, "2031-05-02")], null, "2031-05-02")).toBeDefined();
    expect(lockOn([lock("r", "2031-05-03"), lock("s", "2031-05-02")], "r", "2031-05-02")).toBeUndefined();
  });
});
