/** Deeds on their way to the server, shown as if they were made, over what the server told last; kept outside React. */

import type { Deed } from "./history";
import type { Place, Placement, Schedule } from "./rules";

type Placed = Schedule["placements"][number];

export class Pending {
  private deeds: readonly Deed[] = [];
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): readonly Deed[] => this.deeds;

  add(deed: Deed): void {
    this.put([...this.deeds, deed]);
  }

  remove(deed: Deed): void {
    this.put(this.deeds.filter((each) => each !== deed));
  }

  private put(deeds: readonly Deed[]): void {
    this.deeds = deeds;
    this.listeners.forEach((listener) => listener());
  }
}

/** Return a schedule as it will be when moves were made, as far as that is known before the answer. */
export function withSteps(old: Schedule, deed: Deed): Schedule {
  const moved = new Set(deed.map((step) => step.session));
  const standing = new Map(old.placements.map((each) => [each.session_id, each]));
  const waiting = new Map(old.tray.map((each) => [each.session_id, each]));
  const placements = old.placements.filter((each) => !moved.has(each.session_id));
  const tray = old.tray.filter((each) => !moved.has(each.session_id));
  for (const { session, after } of deed) {
    const placement = standing.get(session);
    const known = placement ?? waiting.get(session);
    if (!known) continue; // it is no more
    if (after) placements.push({ ...(placement ?? blank(old, session, known.title)), ...shape(after) });
    else tray.push({ session_id: session, title: known.title, duration_minutes: known.duration_minutes });
  }
  // What waits stays the same list where it does, so that it is not drawn anew.
  const changed = deed.some(({ session, after }) => (after ? waiting : standing).has(session));
  return { ...old, placements, tray: changed ? tray : old.tray };
}

/** Return a schedule with placements as the server told them. */
export function withPlacements(old: Schedule, placements: readonly Placement[]): Schedule {
  const told = new Map(placements.map((each) => [each.session_id, each]));
  const renewed = (each: Placed) => {
    const placement = told.get(each.session_id);
    return placement ? { ...each, ...placement } : each;
  };
  return { ...old, placements: old.placements.map(renewed) };
}

function blank({ edition_id, zone }: Schedule, session: string, title: Placed["title"]): Placed {
  const unknown = { starts_at: "", ends_at: "", changed_by: "", changed_at: "", locked: false, version: 0 };
  const nowhere = { room_id: null, start_local: "", duration_minutes: 0 };
  return { session_id: session, title, edition_id, zone, ...nowhere, ...unknown };
}

function shape({ room_id = null, start_local, duration_minutes }: Place) {
  return { room_id, start_local, ...(duration_minutes ? { duration_minutes } : {}) };
}
