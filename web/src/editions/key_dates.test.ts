import { describe, expect, it } from "vitest";
import { dateFields, type KeyDate, sentDate, whenOf } from "./key_dates";

const NONE = { at_local: null, until_local: null, on: null, until_on: null };
const DATE = { ...NONE, kind: "arrival", status: "confirmed", on: "2027-05-01" };

describe("a key date", () => {
  it("is of days or of times, and comes back as it was", () => {
    const timed = { ...DATE, on: null, at_local: "2027-05-01T09:30:00", until_local: null } as unknown as KeyDate;
    expect(dateFields(timed)).toMatchObject({ by: "time", from: "2027-05-01T09:30", until: "" });
    expect(sentDate(dateFields(timed))).toMatchObject({ on: null, at_local: "2027-05-01T09:30:00", until_local: null });
  });

  it("keeps its day when it is given a time, and the other way round", () => {
    const fields = dateFields(DATE as unknown as KeyDate);
    expect(sentDate({ ...fields, by: "time" })).toMatchObject({ on: null, at_local: "2027-05-01T00:00:00" });
    expect(sentDate({ ...fields, from: "2027-05-01T09:30" })).toMatchObject({ on: "2027-05-01", at_local: null });
  });

  it("is shown once where it ends when it begins", () => {
    expect(whenOf({ ...DATE, until_on: "2027-05-01" } as unknown as KeyDate)).toBe("2027-05-01");
    const timed = { ...NONE, at_local: "2027-05-01T09:30:00", until_local: "2027-05-01T10:00:00" };
    expect(whenOf(timed as unknown as KeyDate)).toBe("2027-05-01 09:30 – 2027-05-01 10:00");
  });
});
