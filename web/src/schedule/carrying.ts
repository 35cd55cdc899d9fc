/** What is carried over the board, by pointer or by keyboard: kept outside React so that only the ghost moves. */

import { useSyncExternalStore } from "react";
import { type Deed, shifted } from "./history";
import { askEffect } from "./queries";
import { type Conflict, type Place, samePlace } from "./rules";

export interface Carried {
  session: string;
  /** Where it stands; `null` is the tray. */
  from: Place | null;
  /** Where it would go. */
  to: Place | null;
  by: "pointer" | "keyboard";
  /** What goes with it, by as much. */
  company: readonly { session: string; from: Place }[];
  /** The rooms in the order in which they stand. */
  rooms: readonly (string | null)[];
  /** What that would bring about; not known yet where undefined. */
  made?: readonly Conflict[] | undefined;
}

const PAUSE = 120;
/** So many milliseconds a place is hovered over before the server is asked about it. */

/** Return the moves that a drop would make, that of the session in hand first. */
export function stepsOf({ session, from, to, company, rooms }: Carried): Deed {
  const others = company.map((each) => ({
    session: each.session,
    before: each.from,
    after: from && to ? shifted(each.from, from, to, rooms) : null,
  }));
  return [{ session, before: from, after: to }, ...others].filter((step) => !samePlace(step.before, step.after));
}

export class Carrying {
  private carried: Carried | null = null;
  private readonly listeners = new Set<() => void>();
  private asking: AbortController | undefined;
  private timer: number | undefined;

  constructor(private readonly edition: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): Carried | null => this.carried;

  /** Return the ids of all that is carried, as one value that stays the same while it is. */
  readonly sessions = (): string =>
    this.carried ? [this.carried.session, ...this.carried.company.map((each) => each.session)].join() : "";

  readonly isOverTray = (): boolean => this.carried !== null && this.carried.to === null;

  lift(carried: Carried): void {
    this.put(carried);
    this.ask();
  }

  moveTo(to: Place | null): void {
    if (!this.carried || samePlace(this.carried.to, to)) return;
    this.put({ ...this.carried, to, made: undefined });
    this.ask();
  }

  /** Let go, and return what was carried. */
  drop(): Carried | null {
    const dropped = this.carried;
    this.stopAsking();
    this.put(null);
    return dropped;
  }

  private ask(): void {
    this.stopAsking();
    const asked = this.carried;
    if (!asked?.to) return;
    const steps = stepsOf(asked);
    if (steps.length === 0) return;
    const controller = (this.asking = new AbortController());
    this.timer = window.setTimeout(() => {
      Promise.all(steps.map((step) => askEffect(this.edition, step.session, step.after, controller.signal))).then(
        (effects) => {
          if (!this.carried || !samePlace(this.carried.to, asked.to)) return;
          this.put({ ...this.carried, made: together(effects, steps) });
        },
        () => undefined, // what cannot be foretold is said at the drop
      );
    }, PAUSE);
  }

  private stopAsking(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
  }

  private put(carried: Carried | null): void {
    this.carried = carried;
    this.listeners.forEach((listener) => listener());
  }
}

/** Return what moves bring about together: each was asked for alone, and those made together keep their distance. */
function together(effects: readonly { made: readonly Conflict[] }[], steps: Deed): readonly Conflict[] {
  const moved = new Set(steps.map((step) => step.session));
  return effects.flatMap(({ made }) => made.filter((each) => each.sessions.filter((id) => moved.has(id)).length < 2));
}

export function useCarried(carrying: Carrying): Carried | null {
  return useSyncExternalStore(carrying.subscribe, carrying.get);
}

/** Return the ids of what is carried, joined by commas; empty where nothing is. */
export function useCarriedSessions(carrying: Carrying): string {
  return useSyncExternalStore(carrying.subscribe, carrying.sessions);
}
