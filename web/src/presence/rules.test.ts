import { describe, expect, it } from "vitest";
import { bySession, initialsOf, type Present, signsOf } from "./rules";

const present = (account_id: string, session_id: string | null): Present => ({
  account_id,
  session_id,
  name: { zh: "", en: account_id },
  since: "2031-05-02T01:00:00Z",
});

describe("initials", () => {
  it.each([
    ["周文博", "文博"],
    ["王芳", "王芳"],
    ["欧阳静怡", "静怡"],
    ["Zhou Wenbo", "ZW"],
    ["María del Carmen ruiz", "MR"],
    ["Plato", "P"],
    ["其他人员", "人员"],
    ["𠮷田", "𠮷田"],
    ["", ""],
  ])("of %s are %s", (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe("signs", () => {
  it("are of all where there is room", () => {
    expect(signsOf(["Zhou Wenbo", "林海"])).toEqual(["ZW", "林海"]);
    expect(signsOf(["A", "B", "C", "D"])).toEqual(["A", "B", "C", "D"]);
  });

  it("tell how many more there are where there is none", () => {
    expect(signsOf(["A", "B", "C", "D", "E"])).toEqual(["A", "B", "C", "D", "+1"]);
    expect(signsOf(["A", "B"], 1)).toEqual(["A", "+1"]);
    expect(signsOf(["A"], 1)).toEqual(["A"]);
  });
});

describe("sessions", () => {
  it("have those who are at them, and nobody who is at none", () => {
    const [zhou, lin, gao] = [present("zhou", "tides"), present("lin", null), present("gao", "tides")];
    expect([...bySession([zhou, lin, gao])]).toEqual([["tides", [zhou, gao]]]);
  });
});
