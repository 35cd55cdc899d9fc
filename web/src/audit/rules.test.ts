import { describe, expect, it } from "vitest";
import { kindOfValue, screenOf, serviceNamed } from "./rules";

const ID = "0198c6b2-1111-7222-8333-444455556666";

describe("what a record tells", () => {
  it("names organisations and accounts by the field", () => {
    expect(kindOfValue("parent", ID)).toEqual({ kind: "organisation", id: ID });
    expect(kindOfValue("account", ID)).toEqual({ kind: "account", id: ID });
    expect(kindOfValue("on", `edition:${ID}`)).toEqual({ kind: "edition", id: ID });
    expect(kindOfValue("role", "scheduler")).toEqual({ kind: "role", role: "scheduler" });
    expect(kindOfValue("session", ID)).toEqual({ kind: "words", words: ID });
    expect(kindOfValue("parent", "physics")).toEqual({ kind: "words", words: "physics" });
  });

  it("is read as text, as words, or as it stands", () => {
    expect(kindOfValue("name", { zh: "甲", en: "A" })).toEqual({ kind: "text", text: { zh: "甲", en: "A" } });
    expect(kindOfValue("name", null)).toEqual({ kind: "words", words: "—" });
    expect(kindOfValue("seats", 120)).toEqual({ kind: "words", words: "120" });
    expect(kindOfValue("place", { room: "a" })).toEqual({ kind: "words", words: '{"room":"a"}' });
  });
});

describe("where it leads", () => {
  it("is a service's record, the directory's where none is named", () => {
    expect(serviceNamed("events")).toBe("events");
    expect(serviceNamed("letters")).toBe("directory");
  });

  it("is the screen of what was changed, if it has one", () => {
    expect(screenOf("organisation.moved", ID)).toBe(`/organisations/${ID}`);
    expect(screenOf("key.made", ID)).toBeUndefined();
  });
});
