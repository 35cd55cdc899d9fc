import { describe, expect, it } from "vitest";
import { closedStretches } from "./closed";

const DAY = "2031-05-02";
const at = (time: string) => `${DAY}T${time}:00`;
const window = (start: string, end: string, closed = false) => ({ start_local: at(start), end_local: at(end), closed });
const stretches = (...windows: ReturnType<typeof window>[]) => closedStretches(windows, DAY, 480, 1080);

describe("closed stretches", () => {
  it("are none where nothing is said, and all of a day that no open window touches", () => {
    expect(stretches()).toEqual([]);
    expect(closedStretches([window("09:00", "12:00")], "2031-05-03", 480, 1080)).toEqual([[480, 1080]]);
  });

  it("lie between open windows, and within closed ones", () => {
    expect(stretches(window("09:00", "12:00"), window("13:00", "18:00"))).toEqual([
      [480, 540],
      [720, 780],
    ]);
    expect(stretches(window("10:00", "11:00", true), window("11:00", "11:30", true))).toEqual([[600, 690]]);
    expect(stretches(window("08:00", "12:00"), window("11:00", "14:00", true))).toEqual([[660, 1080]]);
  });
});
