import { describe, expect, it } from "vitest";
import { kindOfValue, screenOf, serviceNamed } from "./rules";

const ID = "0198c6b2-1111-7222-8333-444455556666";

describe("what a record tells", () => {
  it("names organisations and accounts by the field", () => {
    expect(kindOfValue("organisation.moved", "parent", ID)).toEqual({ kind: "organisation", id: ID });
    expect(kindOfValue("grant.given", "account", ID)).toEqual({ kind: "account", id: ID });
    expect(kindOfValue("grant.given", "on", `edition:${ID}`)).toEqual({ kind: "edition", id: ID });
    expect(kindOfValue("grant.given", "role", "scheduler")).toEqual({
      kind: "word",
      family: "grant_role",
      word: "scheduler",
    });
    expect(kindOfValue("cycle.changed", "session", ID)).toEqual({ kind: "id", id: ID });
    expect(kindOfValue("organisation.moved", "parent", "physics")).toEqual({ kind: "words", words: "physics" });
  });

  it("names states by what is in them", () => {
    expect(kindOfValue("cycle.open", "state", "draft")).toEqual({ kind: "word", family: "phase", word: "draft" });
    expect(kindOfValue("edition.open", "state", "planned")).toEqual({ kind: "word", family: "state", word: "planned" });
    expect(kindOfValue("preview.made", "state", "made")).toEqual({ kind: "words", words: "made" });
  });

  it("leads to what has a screen", () => {
    expect(kindOfValue("role.asked", "nomination", ID)).toEqual({ kind: "screen", to: `/awards/nominations/${ID}` });
  });

  it("is read as text, as words, or as it stands", () => {
    expect(kindOfValue("room.changed", "name", { zh: "甲", en: "A" })).toEqual({
      kind: "text",
      text: { zh: "甲", en: "A" },
    });
    expect(kindOfValue("room.changed", "name", null)).toEqual({ kind: "words", words: "—" });
    expect(kindOfValue("room.changed", "seats", 120)).toEqual({ kind: "words", words: "120" });
    expect(kindOfValue("session.moved", "place", { room: "a" })).toEqual({ kind: "words", words: "a" });
  });
});

describe("where it leads", () => {
  it("is a service's record, the directory's where none is named", () => {
    expect(serviceNamed("events")).toBe("events");
    expect(serviceNamed("letters")).toBe("directory");
  });

  it("is the screen of what was changed, if it has one", () => {
    expect(screenOf("directory", "organisation.moved", ID)).toBe(`/organisations/${ID}`);
    expect(screenOf("directory", "key.made", ID)).toBeUndefined();
    expect(screenOf("events", "programme.imported", ID)).toBeUndefined();
    expect(screenOf("awards", "programme.changed", ID)).toBe(`/awards/programmes/${ID}`);
  });
});
