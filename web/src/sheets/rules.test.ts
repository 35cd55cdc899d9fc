import { expect, it } from "vitest";
import { placeOf } from "./rules";

it("tells where a cell is", () => {
  expect(placeOf("D7")).toEqual({ sheet: "", column: "D", row: "7" });
  expect(placeOf("主要成员!AB120")).toEqual({ sheet: "主要成员", column: "AB", row: "120" });
  expect(placeOf("a!b!C5")).toEqual({ sheet: "a!b", column: "C", row: "5" });
  expect(placeOf("")).toEqual({ sheet: "", column: "", row: "" });
});
