import { describe, expect, it } from "vitest";
import { inverse, madeAgain, NOTHING, rebased, remember, shifted, staleSteps, swapped, takenBack } from "./history";

const at = (time: string, room_id = "r", duration_minutes = 30) => {
  return { room_id, start_local: `2031-05-02T${time}:00`, duration_minutes };
};
const deed = [
  { session: "a", before: null, after: at("09:00") },
  { session: "b", before: at("10:00"), after: at("11:00") },
];

describe("history", () => {
  it("takes back all moves of a deed and makes them again, and a new deed forgets what was taken back", () => {
    const done = remember(NOTHING, deed);
    const back = inverse(deed);
    expect(back[1]).toEqual({ session: "b", before: at("11:00"), after: at("10:00") });
    const undone = takenBack(done, back);
    expect(undone).toEqual({ done: [], undone: [deed] });
    expect(madeAgain(undone, deed)).toEqual(done);
    expect(remember(undone, deed).undone).toEqual([]);
  });

  it("knows what no longer stands where it was, and brings it back to where others had put it", () => {
    const standing = (session: string) => (session === "b" ? at("15:00") : null);
    expect(staleSteps(deed, standing)).toEqual([deed[1]]);
    expect(inverse(rebased(deed, standing))[1]?.after).toEqual(at("15:00"));
  });
});

describe("moves together", () => {
  it("keep their distance, over midnight too", () => {
    const rooms = ["r", "s", "t"];
    expect(shifted(at("09:00", "s"), at("10:00"), at("10:45", "s"), rooms)).toEqual(at("09:45", "t"));
    expect(shifted(at("23:30"), at("10:00"), at("11:00"), rooms).start_local).toBe("2031-05-03T00:30:00");
  });

  it("change places and keep their lengths", () => {
    const [one, other] = swapped(["a", at("09:00", "r", 30)], ["b", at("10:00", "s", 90)]);
    expect(one?.after).toEqual(at("10:00", "s", 30));
    expect(other?.after).toEqual(at("09:00", "r", 90));
  });
});
