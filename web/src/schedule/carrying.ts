/** What is carried over the board, by pointer or by keyboard: one thing at a time, kept outside React so that only the ghost moves. */

import { useSyncExternalStore } from "react";
import { askEffect } from "./queries";
import { type Conflict, type Place, samePlace } from "./rules";

export interface Carried {
  session: string;
  /** Where it stands; `null` is the tray. */
  from: Place | null;
  /** Where it would go. */
  to: Place | null;
  by: "pointer" | "keyboard";
  /** What that would bring about; not known yet where undefined. */
  made?: readonly Conflict[] | undefined;
}

const PAUSE = 120;
/** So many milliseconds a place is hovered over before the server is asked about it. */

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

  lift(session: string, from: Place | null, to: Place | null, by: Carried["by"]): void {
    this.put({ session, from, to, by });
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
    if (!asked?.to || samePlace(asked.from, asked.to)) return;
    const controller = (this.asking = new AbortController());
    this.timer = window.setTimeout(() => {
      askEffect(this.edition, asked.session, asked.to, controller.signal).then(
        ({ made }) => {
          if (this.carried && samePlace(this.carried.to, asked.to)) this.put({ ...this.carried, made });
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

export function useCarried(carrying: Carrying): Carried | null {
  return useSyncExternalStore(carrying.subscribe, carrying.get);
}
