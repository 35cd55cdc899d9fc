import { describe, expect, it } from "vitest";
import { neighboursOf, opinionOf, outcomesOf, stepsOf, wordsWith } from "./rules";

const named = (pointer: string) => pointer.split("/").at(-1) ?? "";

describe("an opinion", () => {
  it("is given on what waits, and of what was not corrected in time only to reject it", () => {
    expect(outcomesOf("second")).toEqual(["pass", "return", "reject"]);
    expect(outcomesOf("overdue")).toEqual(["reject"]);
    expect(outcomesOf("returned")).toEqual([]);
    expect(outcomesOf("passed")).toEqual([]);
  });

  const remarks = { "/content/name": " As in the identity card ", "/content/unit": " " };

  it("that returns tells what is meant of each field at its place", () => {
    const said = opinionOf({ outcome: "return", reasons: ["form"], words: "", working_days: "3" }, remarks, named);
    expect(said).toEqual({
      outcome: "return",
      reasons: ["form"],
      words: "",
      working_days: 3,
      remarks: [{ pointer: "/content/name", words: "As in the identity card" }],
    });
  });

  it("that rejects tells what is meant of each field after the other words", () => {
    expect(wordsWith("Please mend:", remarks, named)).toBe("Please mend:\nname: As in the identity card");
    const said = opinionOf({ outcome: "reject", reasons: ["other"], words: "No" }, remarks, named);
    expect([said.words, said.remarks]).toEqual(["No\nname: As in the identity card", []]);
  });

  it("to pass has no reasons, and says nothing of fields", () => {
    const said = opinionOf({ outcome: "pass", reasons: ["form"], words: "Seen" }, { "/content/name": "x" }, named);
    expect([said.reasons, said.words, said.remarks]).toEqual([[], "Seen", []]);
  });
});

describe("a round", () => {
  it("leads to what stands before and behind", () => {
    expect(neighboursOf(["a", "b", "c"], "b")).toEqual({ before: "a", after: "c", place: 1 });
    expect(neighboursOf(["a"], "a")).toEqual({ place: 0 });
    expect(neighboursOf(["a"], "x")).toEqual({ place: -1 });
  });
});

describe("a place", () => {
  it("is of a field, perhaps of a row and a column of it", () => {
    expect(stepsOf("/content/name")).toEqual({ field: "name" });
    expect(stepsOf("/content/members/1/identity")).toEqual({ field: "members", row: 2, column: "identity" });
    expect(stepsOf("/content/a~1b")).toEqual({ field: "a/b" });
  });
});
