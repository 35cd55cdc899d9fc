import { describe, expect, it } from "vitest";
import { buildingsOf, type Room, roomEntry, roomOf, venueEntry, venueOf } from "./rules";

const room = (id: string, position: number, building = ""): Room => ({
  id,
  venue_id: "v",
  name: { zh: "", en: id },
  slug: id,
  building,
  floor: "",
  seats: 100,
  capacity: { theatre: 90 },
  equipment: { projector: 2 },
  interpretation_booths: 1,
  accessible: true,
  buffer_minutes: 5,
  position,
  archived: false,
  source: null,
  key: null,
  version: 1,
});

describe("a form", () => {
  it("holds a room, and gives it back as it was", () => {
    const { name, building, floor, seats, capacity, equipment } = room("a", 0);
    expect(roomOf(roomEntry(room("a", 0)))).toMatchObject({ name, building, floor, seats, capacity, equipment });
  });

  it("leaves out what was not entered", () => {
    expect(roomOf({ ...roomEntry(), seats: " ", capacity: { theatre: "", banquet: "0" } })).toMatchObject({
      seats: null,
      capacity: { banquet: 0 },
    });
    expect(venueOf({ ...venueEntry(), country: " cn " })).toMatchObject({ country: "CN", latitude: null });
  });
});

it("buildings are those of rooms and of ways", () => {
  const walk = { kind: "building", one: "B", other: "C", minutes: 5 } as const;
  expect(buildingsOf([room("a", 0, "B"), room("b", 1, "A"), room("c", 2)], [walk])).toEqual(["A", "B", "C"]);
});
