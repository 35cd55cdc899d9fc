import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { coming, daysUntil, todayIn } from "./rules";

const NONE = { on: null, until_on: null, at_local: null, until_local: null, status: "confirmed" };
const date = (said: object) => ({ ...NONE, ...said }) as Schemas["KeyDateOut"];

describe("coming", () => {
  it("leaves out what is over or called off, and keeps what goes on", () => {
    const dates = [
      date({ on: "2027-04-01", until_on: "2027-05-01" }),
      date({ on: "2027-04-30" }),
      date({ on: "2027-05-02", status: "cancelled" }),
      date({ at_local: "2027-05-01T08:00:00" }),
    ];
    expect(coming(dates, "2027-05-01")).toEqual([dates[0], dates[3]]);
  });
});

describe("days", () => {
  it("are those of a zone", () => {
    expect(todayIn("Asia/Shanghai", new Date("2027-05-01T17:00:00Z"))).toBe("2027-05-02");
  });

  it("are counted", () => {
    expect(daysUntil("2027-05-03", "2027-05-01")).toBe(2);
  });
});
