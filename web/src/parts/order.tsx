/** The order of a few things, changed a step at a time by buttons, so by keys too. */

import { App, Button } from "antd";
import { useState } from "react";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { placesAfter } from "./differences";

interface Props {
  /** What is moved. */
  name: string;
  /** Its place, the first being 0, of so many. */
  at: number;
  of: number;
  busy?: boolean;
  move: (by: -1 | 1) => unknown;
}

export function MoveButtons({ name, at, of, busy = false, move }: Props) {
  const { say } = useSpeech();
  return ([-1, 1] as const).map((by) => (
    <Button
      key={by}
      data-by={by}
      disabled={busy || at + by < 0 || at + by >= of}
      aria-label={say(by < 0 ? "parts.move_up" : "parts.move_down", { name })}
      onClick={() => void move(by)}
    >
      {by < 0 ? "↑" : "↓"}
    </Button>
  ));
}

/** Return how things that hold their places are moved: each that needs another place is sent it, in turn. */
export function useOrder<T extends { id: string; position: number }>(
  items: readonly T[],
  place: (item: T, position: number) => Promise<unknown>,
  renew: () => unknown,
) {
  const { message } = App.useApp();
  const failure = useFailure();
  const [busy, setBusy] = useState(false);
  const move = async (id: string, by: -1 | 1) => {
    setBusy(true);
    try {
      for (const { item, position } of placesAfter(items, id, by)) await place(item, position);
    } catch (error) {
      void message.error(failure(error));
      renew(); // some may have their new places already
    } finally {
      setBusy(false);
    }
  };
  return { busy, move };
}
