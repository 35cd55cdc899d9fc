import { describe, expect, it } from "vitest";
import {
  clock,
  lanesOf,
  localOf,
  makeAgain,
  minutesOf,
  NOTHING,
  type Placement,
  remember,
  samePlace,
  snapped,
  spanOf,
  takeBack,
} from "./rules";

function placed(id: string, from: string, minutes: number): Placement {
  const starts = Date.parse(`2031-05-02T${from}Z`);
  return {
    session_id: id, edition_id: "e", room_id: "r", start_local: `2031-05-02T${from}:00`, zone: "UTC",
    duration_minutes: minutes, starts_at: new Date(starts).toISOString(),
    ends_at: new Date(starts + minutes * 60_000).toISOString(), locked: false, version: 1, changed_by: "a", changed_at: "",
  };
}

describe("minutes", () => {
  it("go from wall time to minutes and back, over midnight too", () => {
    for (const minutes of [0, 545, 1439, 1470]) expect(minutesOf(localOf("2031-05-02", minutes), "2031-05-02")).toBe(minutes);
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
    const lanes = lanesOf([placed("a", "09:00", 60), placed("b", "09:30", 60), placed("c", "10:00", 60), placed("d", "11:00", 30)]);
    expect(lanes.get("a")).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get("b")).toEqual({ lane: 1, lanes: 2 });
    expect(lanes.get("c")).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get("d")).toEqual({ lane: 0, lanes: 1 });
  });
});

describe("history", () => {
  const place = { room_id: "r", start_local: "2031-05-02T09:00:00", duration_minutes: 30 };
  const step = { session: "a", before: null, after: place };

  it("takes back and makes again, and a new move forgets what was taken back", () => {
    const [back, after] = takeBack(remember(NOTHING, step));
    expect(back).toEqual({ session: "a", before: place, after: null });
    const [again, whole] = makeAgain(after);
    expect(again).toEqual(step);
    expect(whole.undone).toEqual([]);
    expect(remember(after, step).undone).toEqual([]);
    expect(takeBack(NOTHING)[0]).toBeUndefined();
  });

  it("knows the same place by minute", () => {
    expect(samePlace(place, { ...place, start_local: "2031-05-02T09:00" })).toBe(true);
    expect(samePlace(place, null)).toBe(false);
  });
});
