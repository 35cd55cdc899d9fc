import { describe, expect, it } from "vitest";
import { placeRefusals } from "./refusals";

const said = (pointer: string) => ({ pointer, code: "rule", message: `at ${pointer}` });
const FIELDS = [["slug"], ["name", "zh"], ["name", "en"], ["documents"]];

describe("placeRefusals", () => {
  it("finds a field by its pointer", () => {
    expect(placeRefusals([said("/body/slug"), said("/name/en")], FIELDS).fields.map((each) => each.name)).toEqual([
      ["slug"],
      ["name", "en"],
    ]);
  });

  it("says of a whole at its first part, and of a part at what holds it", () => {
    const placed = placeRefusals(
      [said("/body/name"), said("/body/documents/0/code"), said("/body/documents/1/code")],
      FIELDS,
    );
    expect(placed.fields).toEqual([
      { name: ["name", "zh"], errors: ["at /body/name"] },
      { name: ["documents"], errors: ["at /body/documents/0/code", "at /body/documents/1/code"] },
    ]);
  });

  it("keeps what is said of no field", () => {
    expect(placeRefusals([said("/query/zone"), said("/body/nam")], FIELDS)).toEqual({
      fields: [],
      others: [said("/query/zone"), said("/body/nam")],
    });
  });
});
