import { describe, expect, it } from "vitest";
import type { Schedule } from "../schedule/rules";
import { dayShown, movedBy, movesBack, roomsOf } from "./rules";

const DAY = "2031-05-02";
const placed = (session_id: string, room_id: string, hour: number, version = 1) =>
  ({
    session_id,
    room_id,
    version,
    duration_minutes: 60,
    start_local: `${DAY}T${String(hour).padStart(2, "0")}:00:00`,
    starts_at: new Date(Date.UTC(2031, 4, 2, hour)).toISOString(),
    ends_at: new Date(Date.UTC(2031, 4, 2, hour + 1)).toISOString(),
  }) as unknown as Schedule["placements"][number];
const at = (hour: number, minutes: number) => new Date(Date.UTC(2031, 4, 2, hour, minutes));
const rooms = ["a", "b", "empty"].map((id) => ({ id, name: { zh: id, en: id }, seats: 1, buffer_minutes: 0 }));
const schedule = { rooms, placements: [placed("y", "a", 11), placed("x", "a", 9), placed("z", "b", 9)] };

describe("roomsOf", () => {
  const told = (now: Date, off = "") =>
    roomsOf(schedule, DAY, now, (session) => session !== off).map((each) => [
      each.id,
      each.on?.session_id,
      each.next?.session_id,
      each.all.length,
    ]);

  it("tells what is on and what comes next, in rooms that have anything", () => {
    expect(told(at(9, 30))).toEqual([
      ["a", "x", "y", 2],
      ["b", "z", undefined, 1],
    ]);
    expect(told(at(10, 0))).toEqual([
      ["a", undefined, "y", 2],
      ["b", undefined, undefined, 1],
    ]);
  });

  it("passes over what is called off", () => {
    expect(told(at(9, 30), "x")[0]).toEqual(["a", undefined, "y", 2]);
  });
});

describe("dayShown", () => {
  const days = ["2031-05-02", "2031-05-03"];
  it("is the one asked for, else today, else the first", () => {
    expect(dayShown(days, "2031-05-03", "2031-05-02T09:00:00")).toBe("2031-05-03");
    expect(dayShown(days, "", "2031-05-03T09:00:00")).toBe("2031-05-03");
    expect(dayShown(days, "2030-01-01", "2026-01-01T09:00:00")).toBe("2031-05-02");
    expect(dayShown([], "", "2026-01-01T09:00:00")).toBe("");
  });
});

describe("movesBack", () => {
  const before = [placed("x", "a", 9), placed("y", "a", 11)];
  const after = [placed("x", "b", 9, 2), placed("y", "b", 11, 2)];
  const moved = movedBy(before, after);

  it("leads to where each stood, from the version it has now", () => {
    const now = [placed("x", "b", 9, 7), placed("y", "b", 11, 8)];
    expect(movesBack(moved, now)?.map((each) => [each.session_id, each.version, each.place.room_id])).toEqual([
      ["x", 7, "a"],
      ["y", 8, "a"],
    ]);
  });

  it("is refused where somebody has moved one since", () => {
    expect(movesBack(moved, [placed("x", "b", 9, 2), placed("y", "b", 12, 3)])).toBeUndefined();
    expect(movesBack(moved, [placed("x", "b", 9, 2)])).toBeUndefined();
  });
});
