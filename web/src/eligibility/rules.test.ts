import { expect, it } from "vitest";
import { candidateOf, examplesOf, NOBODY, triedOf } from "./rules";

it("a candidate is the same after having been in a form", () => {
  const facts = {
    born_on: "1990-01-01",
    sex: "female" as const,
    awards: [{ programme: "AW01", year: 2020 }],
    form: {},
  };
  const candidate = { name: "甲", facts, expected: "eligible" as const };
  expect(candidateOf(triedOf(candidate))).toEqual({
    ...candidate,
    facts: { born_on: "1990-01-01", sex: "female", awards: [{ programme: "AW01", year: 2020 }] },
  });
});

it("what is not filled in is not known, and a list that is there says that there is none", () => {
  expect(candidateOf(NOBODY)).toEqual({ name: "", facts: {} });
  expect(candidateOf({ ...NOBODY, more: '{"awards": []}' }).facts).toEqual({ awards: [] });
  expect(candidateOf({ ...NOBODY, more: "{" }).facts).toEqual({});
});

it("examples are candidates, by their names in the language of the page or else the other", () => {
  const rules = { examples: [{ name: { zh: "甲", en: "" }, facts: {}, expected: "unknown" }] };
  expect(examplesOf(rules, "en")).toEqual([{ ...NOBODY, name: "甲", expected: "unknown" }]);
  expect(examplesOf(null, "zh")).toEqual([]);
});
