import { expect, it } from "vitest";
import { countsEntry, countsOf, numberOf } from "./numbers";

it("a field that holds nothing holds no number", () => {
  expect([" ", undefined, "0", " 12"].map(numberOf)).toEqual([null, null, 0, 12]);
});

it("what is named twice counts together, what has no number counts one", () => {
  const rows = [
    { name: "mic", count: "2" },
    { name: " mic ", count: "" },
    { name: " ", count: "9" },
  ];
  expect(countsOf(rows)).toEqual({ mic: 3 });
  expect(countsOf(countsEntry({ mic: 3 }))).toEqual({ mic: 3 });
});
