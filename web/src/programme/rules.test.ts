import { describe, expect, it } from "vitest";
import { changesOf } from "../parts/differences";
import { beside, cellOf, changeOf, listOf, NEW_PART, type Session, sessionEntry, sessionOf, sideOf } from "./rules";

const SESSION: Session = {
  id: "s",
  edition_id: "e",
  parent_id: null,
  position: 3,
  kind: "panel",
  title: { zh: "潮汐", en: "Tides" },
  subtitle: { zh: "", en: "" },
  abstract: { zh: "摘要", en: "" },
  description: { zh: "", en: "" },
  slug: "tides",
  language: "zh",
  interpretation: ["en", "fr"],
  track_id: "t",
  openness: "public",
  embargo_until: "2031-05-01T16:00:00Z",
  expected_attendance: null,
  attendance_mode: "hybrid",
  join_url: "https://example.org/join",
  tags: ["ocean"],
  needs: { projector: 1 },
  raw_type: "",
  licence: "",
  do_not_record: null,
  links: [{ href: "https://example.org", title: "", type: "" }],
  attachments: [],
  duration_minutes: 45,
  status: "draft",
  people: [
    {
      person_id: "p",
      role: "chair",
      name: { zh: "李明", en: "" },
      title: { zh: "教授", en: "" },
      affiliation: { zh: "", en: "" },
      confirmed: true,
    },
  ],
  source: null,
  key: null,
  version: 4,
};
const ZONE = "Asia/Shanghai";

describe("a form", () => {
  const entry = sessionEntry(SESSION, ZONE);
  const sent = sessionOf(entry, ZONE);

  it("holds a session, and gives it back as it was", () => {
    const { kind, title, interpretation, needs, do_not_record, duration_minutes, tags } = SESSION;
    expect(sent).toMatchObject({ kind, title, interpretation, needs, do_not_record, duration_minutes, tags });
    expect(entry.embargo_until).toBe("2031-05-02T00:00");
    expect(new Date(sent.embargo_until ?? "")).toEqual(new Date(SESSION.embargo_until ?? ""));
    expect(sent.people.map(({ person_id, role }) => [person_id, role])).toEqual([["p", "chair"]]);
  });

  it("sends what was changed and nothing else", () => {
    const changed = { ...entry, tags: "ocean，tide", do_not_record: "no", expected_attendance: "120" };
    expect(changesOf(sent, sessionOf(changed, ZONE))).toEqual({
      tags: ["ocean", "tide"],
      do_not_record: false,
      expected_attendance: 120,
    });
  });

  it("leaves out whoever is not chosen yet", () => {
    expect(sessionOf({ ...entry, people: [NEW_PART, ...entry.people] }, ZONE).people).toHaveLength(1);
  });
});

describe("a cell", () => {
  it("changes one language and keeps the other", () => {
    expect(changeOf(SESSION, "title_zh", "大潮")).toEqual({ title: { zh: "大潮", en: "Tides" } });
    expect(changeOf(SESSION, "title_en", "")).toEqual({ title: { zh: "潮汐", en: "" } });
  });

  it("may hold nothing", () => {
    expect(cellOf({ ...SESSION, duration_minutes: null }, "duration_minutes")).toBe("");
    expect(changeOf(SESSION, "duration_minutes", " ")).toEqual({ duration_minutes: null });
    expect(changeOf(SESSION, "track_id", "")).toEqual({ track_id: null });
    expect(changeOf(SESSION, "status", "confirmed")).toEqual({ status: "confirmed" });
  });
});

describe("texts", () => {
  it("count as complete where they have words at all", () => {
    expect(sideOf(SESSION, "zh")).toEqual({ filled: 2, of: 2, missing: [] });
    expect(sideOf(SESSION, "en")).toEqual({ filled: 1, of: 2, missing: ["abstract"] });
    expect(sideOf({}, "en")).toEqual({ filled: 0, of: 0, missing: [] });
  });

  it("are listed with any comma", () => {
    expect(listOf(" a,b，c、d；a ; ")).toEqual(["a", "b", "c", "d"]);
  });
});

it("what stands beside a session is that of the list", () => {
  const rows = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(beside(rows, "b")).toEqual({ before: "a", after: "c" });
  expect(beside(rows, "a")).toEqual({ after: "b" });
  expect(beside(rows, "z")).toEqual({});
});
