import { describe, expect, it } from "vitest";
import { participantsOf, type Person, personEntry, wantedOf } from "./rules";

const text = (en: string) => ({ zh: "", en });
const part = (id: string, role: string, confirmed = false) => ({
  person_id: id,
  role,
  name: text(`Name ${id}`),
  title: text(""),
  affiliation: text("Institute"),
  confirmed,
});

const SESSIONS = [
  { id: "s1", title: text("One"), status: "draft", people: [part("a", "chair", true), part("b", "speaker")] },
  { id: "s2", title: text("Two"), status: "confirmed", people: [part("a", "speaker")] },
  { id: "s3", title: text("Off"), status: "cancelled", people: [part("c", "speaker")] },
];

describe("who takes part", () => {
  it("is gathered from sessions that take place", () => {
    const people = participantsOf(SESSIONS);
    expect(people.map(({ id, open, parts }) => [id, open, parts.length])).toEqual([
      ["a", 1, 2],
      ["b", 1, 1],
    ]);
  });

  it("is found by words, role, and what is open", () => {
    const people = participantsOf(SESSIONS);
    const ids = (wanted: Partial<{ q: string; role: string; open: string }>) =>
      wantedOf(people, { q: "", role: "", open: "", ...wanted }).map(({ id }) => id);
    expect(ids({ q: "name B" })).toEqual(["b"]);
    expect(ids({ role: "chair" })).toEqual(["a"]);
    expect(ids({ role: "chair", q: "institute", open: "yes" })).toEqual(["a"]);
    expect(ids({ q: "nobody" })).toEqual([]);
  });
});

it("a form has no place for contacts that are not told", () => {
  expect(personEntry()).toHaveProperty("email", "");
  expect(personEntry({ name: text("A"), contact: false } as Person)).not.toHaveProperty("email");
});
