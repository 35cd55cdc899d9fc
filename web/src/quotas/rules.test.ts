import { expect, it } from "vitest";
import { linesOf } from "../parts/keeping";
import { deedsOf, movesOf, stateOf } from "./rules";

const FIELDS = {
  move: "allocate" as const,
  category: "people",
  group: "",
  from: "x",
  to: null,
  several: ["a", "b"],
  amount: "",
  reason: "每年",
};

it("slots are given to several units at once, as many as usual where no number is said", () => {
  expect(movesOf(FIELDS).map(({ to_unit_id, from_unit_id, amount }) => [from_unit_id, to_unit_id, amount])).toEqual([
    [null, "a", null],
    [null, "b", null],
  ]);
});

it("only what a move needs is sent", () => {
  expect(movesOf({ ...FIELDS, move: "reserve", group: "women", amount: "2", to: "a" })).toMatchObject([
    { from_unit_id: "x", to_unit_id: null, group: "women", amount: 2 },
  ]);
  expect(movesOf({ ...FIELDS, move: "return" })).toMatchObject([{ from_unit_id: "x", to_unit_id: null }]);
});

it("only the office gives out its own slots", () => {
  expect(deedsOf(true)).toContain("allocate");
  expect(deedsOf(false)).not.toContain("allocate");
});

it("a code is free until it is used or withdrawn", () => {
  const [used_at, withdrawn_at] = [null, null];
  expect(stateOf({ used_at, withdrawn_at })).toBe("free");
  expect(stateOf({ used_at: "2031", withdrawn_at })).toBe("used");
  expect(stateOf({ used_at, withdrawn_at: "2031" })).toBe("withdrawn");
});

it("a file of codes holds no formula, and what is written stays in its cell", () => {
  expect(
    linesOf([
      ["A-1", "=1+1"],
      ['a"b', "c,d"],
    ]),
  ).toBe('A-1,\'=1+1\r\n"a""b","c,d"');
});
