import { describe, expect, it } from "vitest";
import { fieldsOf, NOTHING, placeOf, sent } from "./rules";

describe("sent", () => {
  it("says that nothing is known of what was cleared, and nothing of what was not touched", () => {
    expect(sent({ standing: undefined as never, basis: NOTHING.basis })).toEqual({ standing: null, basis: null });
    expect(sent({})).toEqual({});
  });

  it("sends a basis of which something is known, and no day for one that is not named", () => {
    const basis = { title: { zh: "通知", en: "" }, number: "1", issuer: { zh: "", en: "" }, issued_on: "" };
    expect(sent({ basis })).toEqual({ basis: { ...basis, issued_on: null } });
  });
});

it("a form begins with fields for a basis even where there is none", () => {
  const programme = { ...NOTHING, basis: null } as unknown as Parameters<typeof fieldsOf>[0];
  expect(fieldsOf(programme).basis).toEqual(NOTHING.basis);
});

it("what is missing leads to where it is filled in", () => {
  expect(["number", "form", "eligibility", "template"].map(placeOf)).toEqual(["basics", "definition", "rules", ""]);
});
