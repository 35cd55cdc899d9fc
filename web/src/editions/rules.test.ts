import { describe, expect, it } from "vitest";
import { daysOf, type Edition, fieldsOf, holding, NEW, nextSlug } from "./rules";
import { sent, standingDeeds, stepsOf, yearLater } from "./rules";
import { tasksOf } from "./tasks";

const EDITION = { ...NEW, state: "planned", standing: "normal", hours_start: "08:00:00" } as unknown as Edition;

describe("stepsOf", () => {
  it("leads on from a state, and starts nothing that is postponed", () => {
    expect(stepsOf({ state: "planned", standing: "normal" })).toEqual(["open", "publish"]);
    expect(stepsOf({ state: "published", standing: "postponed" })).toEqual(["close"]);
  });

  it("leaves what is over as it was", () => {
    expect(standingDeeds({ state: "closed", standing: "normal" })).toEqual([]);
    expect(standingDeeds({ state: "open", standing: "cancelled" })).toEqual(["resume"]);
  });
});

describe("daysOf", () => {
  it("says no more than is known", () => {
    const days = { starts_on: "2027-05-01", ends_on: "2027-05-31" };
    expect(daysOf({ ...days, date_precision: "month" })).toBe("2027-05");
    expect(daysOf({ ...days, date_precision: "day" })).toBe("2027-05-01 – 2027-05-31");
    expect(daysOf({ starts_on: null, ends_on: null, date_precision: "day" })).toBe("");
  });
});

describe("sent", () => {
  it("says what was cleared, and clocks to the second", () => {
    expect(sent({ starts_on: "", hours_start: "08:00", hours_end: "", country: "cn" })).toEqual({
      starts_on: null,
      hours_start: "08:00:00",
      hours_end: null,
      country: "CN",
    });
  });

  it("sends no approval where nothing of it was entered, and else all of it", () => {
    expect(sent({ approval: { authority: { zh: "", en: "" }, number: "" } })).toEqual({ approval: null });
    expect(sent({ approval: { number: "7" } }).approval).toEqual({
      authority: { zh: "", en: "" },
      number: "7",
      approved_on: null,
      heads: null,
      days: null,
    });
  });

  it("reads clocks as fields take them", () => {
    expect(fieldsOf(EDITION).hours_start).toBe("08:00");
  });
});

describe("holding", () => {
  it("ends with the last change", () => {
    const deed = (verb: string) => ({ verb, at: "", actor: "a", change: {} });
    const [approved, beside, changed] = ["edition.approved", "edition.room_added", "edition.changed"].map(deed);
    if (!approved || !beside || !changed) throw new Error();
    expect(holding([beside, approved, changed, approved])).toEqual([approved]);
    expect(holding([changed, approved])).toEqual([]);
  });
});

describe("the next edition", () => {
  it("comes a year later", () => {
    expect(yearLater("2028-02-29")).toBe("2029-02-28");
    expect(yearLater("2027-05-01")).toBe("2028-05-01");
    expect(yearLater(null)).toBe(null);
  });

  it("has an address of its own", () => {
    expect(["wysf-2027", "meeting-22", "salon"].map(nextSlug)).toEqual(["wysf-2028", "meeting-23", "salon-2"]);
  });
});

describe("tasksOf", () => {
  const none = { rooms: 0, sessions: 0, unplaced: 0, blocking: 0, missing: 0, releases: 0 };

  it("asks for no programme where there is none", () => {
    const tasks = tasksOf({ ...EDITION, has_programme: false }, none).map((due) => due.task);
    expect(tasks).toEqual(["dates", "organisations", "opened", "languages", "published"]);
  });

  it("does not call an empty programme placed", () => {
    expect(tasksOf(EDITION, none).find((due) => due.task === "placed")?.done).toBe(false);
    expect(tasksOf(EDITION, { ...none, sessions: 2 }).find((due) => due.task === "placed")?.done).toBe(true);
  });
});
