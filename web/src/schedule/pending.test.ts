import { describe, expect, it } from "vitest";
import type { Deed } from "./history";
import { Pending, withPlacements, withSteps } from "./pending";
import type { Place, Schedule } from "./rules";

const AT: Place = { room_id: "r", start_local: "2031-05-02T10:00:00", duration_minutes: 40 };
const title = { zh: "潮汐", en: "Tides" };
const before = { room_id: "r", start_local: "2031-05-02T09:00:00", duration_minutes: 30 };
const placed = { session_id: "a", title, ...before, version: 4 };
const waiting = { session_id: "b", title, duration_minutes: 60 };
const schedule = { edition_id: "e", zone: "UTC", placements: [placed], tray: [waiting] } as unknown as Schedule;

function step(session: string, after: Place | null): Deed {
  return [{ session, before: null, after }];
}

describe("what is on its way", () => {
  it("is shown where it is to stand, on the version it rests on, with the tray as it was", () => {
    const shown = withSteps(schedule, step("a", AT));
    expect(shown.placements).toMatchObject([{ ...placed, ...AT }]);
    expect(shown.tray).toBe(schedule.tray);
  });

  it("leaves the tray, and comes back into it, by its title", () => {
    const placing = withSteps(schedule, step("b", AT));
    expect(placing).toMatchObject({ tray: [], placements: [placed, { title, ...AT, version: 0 }] });
    const taking = withSteps(schedule, step("a", null));
    expect(taking).toMatchObject({ placements: [], tray: [waiting, { session_id: "a", title }] });
  });

  it("shows nothing of a session that is no more", () => {
    expect(withSteps(schedule, step("gone", AT)).placements).toEqual([placed]);
  });

  it("ends with the answer, which leaves all others as they are", () => {
    const both = { ...schedule, placements: [placed, { ...placed, session_id: "c" }] } as unknown as Schedule;
    const answer = { ...placed, version: 5 } as unknown as Schedule["placements"][number];
    const known = withPlacements(both, [answer]);
    expect(known.placements[0]).toEqual({ ...placed, version: 5 });
    expect(known.placements[1]).toBe(both.placements[1]);
  });

  it("is told of when it begins and ends", () => {
    const pending = new Pending();
    const seen: number[] = [];
    const stop = pending.subscribe(() => seen.push(pending.get().length));
    const [one, other] = [step("a", AT), step("b", AT)];
    pending.add(one);
    pending.add(other);
    pending.remove(one);
    expect(pending.get()).toEqual([other]);
    stop();
    pending.remove(other);
    expect(seen).toEqual([1, 2, 1]);
  });
});
