import { expect, it } from "vitest";
import { endingsOf, type Item, sizeOf } from "./rules";

const item: Item = {
  key: "pledge",
  name: { zh: "承诺书", en: "Pledge" },
  hint: { zh: "", en: "" },
  required: true,
  formats: ["pdf", "jpg"],
  most: 2,
  most_bytes: 2048,
  kept_from_candidate: false,
};

it("says sizes so that a limit is never larger than it is", () => {
  expect([sizeOf(12), sizeOf(2047), sizeOf(64 << 20), sizeOf((10 << 20) - 1)]).toEqual([
    "12 B",
    "1 KB",
    "64 MB",
    "9.9 MB",
  ]);
});

it("offers the endings of its formats", () => {
  expect(endingsOf(item)).toBe(".pdf,.jpg,.jpeg");
  expect(endingsOf({ ...item, formats: [] })).toBe("");
});
