import { describe, expect, it } from "vitest";
import { barsOf, daysFrom, mondayOf, nextDay, stretchesOf } from "./stretches";

const open = { closed: "no", start_local: "2031-05-02T09:00", end_local: "2031-05-03T12:00" };
const closed = { closed: "yes", start_local: "2031-05-03T10:00", end_local: "2031-05-03T11:00" };

describe("stretches of time", () => {
  it("are drawn on each day that they touch, closed ones above", () => {
    expect(barsOf([closed, open], "2031-05-02").map(({ from, until }) => [from, until])).toEqual([[540, 1440]]);
    expect(barsOf([closed, open], "2031-05-03").map(({ from, until, closed: shut }) => [from, until, shut])).toEqual([
      [0, 720, false],
      [600, 660, true],
    ]);
    expect(barsOf([open], "2031-05-04")).toEqual([]);
  });

  it("are the whole day where none is open", () => {
    const whole = { from: 0, until: 1440, closed: false };
    expect(barsOf([{ start_local: "", end_local: "" }], "2031-05-03")).toMatchObject([whole]);
    expect(barsOf([closed], "2031-05-03")).toMatchObject([whole, { from: 600, closed: true }]);
  });

  it("are taken to the next day as they are", () => {
    expect(nextDay(closed)).toEqual({ closed: "yes", start_local: "2031-05-04T10:00", end_local: "2031-05-04T11:00" });
    expect(nextDay({ start_local: "", end_local: "" })).toEqual({ start_local: "", end_local: "" });
  });

  it("come from the server with seconds, and for people without a state", () => {
    const told = { start_local: "2031-05-03T10:00:00", end_local: "2031-05-03T11:00:00" };
    expect(stretchesOf([{ closed: true, ...told }])).toEqual([closed]);
    expect(stretchesOf([told])[0]).not.toHaveProperty("closed");
  });

  it("stand in weeks from Monday", () => {
    expect(mondayOf("2031-05-04")).toBe("2031-04-28");
    expect(mondayOf("2031-04-28")).toBe("2031-04-28");
    expect(daysFrom("2031-04-28", 7)[0]).toBe("2031-05-05");
  });
});
