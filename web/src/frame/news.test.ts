import { describe, expect, it } from "vitest";
import { countOf, leadsTo, type News, withChange } from "./news";

const change = { topic: "edition:e", subject: "s", version: 1, by: "li", part: "placement" };

function after(...changes: Partial<typeof change>[]): News[] {
  return changes.reduce<News[]>((news, each, at) => withChange(news, { ...change, ...each }, at), []);
}

describe("news", () => {
  it("are grouped by edition, part and person, the newest first", () => {
    const news = after({}, { part: "release" }, { subject: "t" }, { by: "wang" });
    expect(news.map(({ part, by, changes }) => [part, by, changes.size])).toEqual([
      ["placement", "wang", 1],
      ["placement", "li", 2],
      ["release", "li", 1],
    ]);
    expect(countOf(news)).toBe(4);
  });

  it("count a change once, however often it is heard of", () => {
    expect(countOf(after({}, {}, { version: 2 }))).toBe(2);
  });

  it("lead to the screen that shows what was changed", () => {
    const to = (...changes: Partial<typeof change>[]) => after(...changes).map(leadsTo)[0];
    expect(to({})).toBe("/schedule");
    expect(to({ part: "venue" })).toBe("/rooms");
    expect(to({ part: "release" })).toBe("/releases");
    expect(to({ part: "session" })).toBe("/programme/s");
    expect(to({ part: "session" }, { part: "session", subject: "t" })).toBe("/programme");
    expect(to({ part: "of later" })).toBe("");
  });
});
