import { expect, it } from "vitest";
import { mayWrite, placesOf } from "./rules";

it("a unit writes until the check, a candidate until it is handed in", () => {
  expect(["draft", "submitted", "passed"].map((state) => mayWrite("unit", state))).toEqual([true, true, false]);
  expect(["draft", "submitted"].map((state) => mayWrite("candidate", state))).toEqual([true, false]);
  expect(mayWrite("office", "draft")).toBe(false);
});

it("what is missing leads to its field, or to what holds it", () => {
  expect(placesOf("/content/rows/0/what")).toEqual([
    "/content/rows/0/what",
    "/content/rows/0",
    "/content/rows",
    "/content",
  ]);
});
