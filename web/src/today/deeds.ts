/** What is done on the day from here: told in words, and taken back as long as nobody has changed the same since. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, type Schemas, told } from "../api/client";
import type { Key } from "../frame/language";
import type { Conflict, Schedule } from "../schedule/rules";
import { movedBy, movesBack, type Moved } from "./rules";

export type Session = Schemas["services__events__programme__schemas__SessionOut"];

/** A sentence by its key, to be said in whatever language the page is in by then. */
interface Sentence {
  key: Key;
  values: Record<string, string | number>;
}

export interface Deed extends Sentence {
  /** Conflicts that it brought about. */
  made: readonly Conflict[];
  /** Take it back; false where somebody has changed the same since. */
  undo: () => Promise<boolean>;
}

interface Rest {
  room: string;
  /** From which wall time on. */
  from: string;
}

export interface Deeds {
  /** What was done and not taken back, the latest first. */
  done: readonly Deed[];
  /** What was last taken back, or could not be. */
  told: Key | undefined;
  delay: (rest: Rest, minutes: number, said: Sentence["values"]) => Promise<void>;
  change: (rest: Rest, to: string, said: Sentence["values"]) => Promise<void>;
  callOff: (session: Session, said: Sentence["values"]) => Promise<void>;
  undo: () => Promise<void>;
}

export function useDeeds(ref: string, schedule: Schedule | undefined): Deeds {
  const queries = useQueryClient();
  const [done, setDone] = useState<readonly Deed[]>([]);
  const [said, setSaid] = useState<Key>();
  const renew = () => {
    const parts = ["schedule", "sessions", "conflicts"];
    return Promise.all(parts.map((part) => queries.invalidateQueries({ queryKey: [part, ref] })));
  };
  const note = async (deed: Deed) => {
    setDone((before) => [deed, ...before]);
    setSaid(undefined);
    await renew();
  };
  const noteMoves = (effect: Schemas["ManyMovedOut"], sentence: Sentence) => {
    const moved = movedBy(schedule?.placements ?? [], effect.placements);
    const values = { ...sentence.values, n: effect.placements.length };
    return note({ ...sentence, values, made: effect.made, undo: () => moveBack(ref, moved) });
  };
  return {
    done,
    told: said,
    delay: async ({ room, from }, minutes, values) => {
      const params = { path: { ref, room_id: room } };
      const body = { minutes, from_local: from };
      const effect = await told(api.POST("/api/events/editions/{ref}/rooms/{room_id}/delay", { params, body }));
      await noteMoves(effect, { key: "today.delayed", values });
    },
    change: async ({ room, from }, to, values) => {
      const params = { path: { ref, room_id: room } };
      const body = { to_room_id: to, from_local: from };
      const effect = await told(api.POST("/api/events/editions/{ref}/rooms/{room_id}/change", { params, body }));
      await noteMoves(effect, { key: "today.changed", values });
    },
    callOff: async (session, values) => {
      await setStatus(session, "cancelled");
      await note({ key: "today.called_off", values, made: [], undo: () => standAgain(session) });
    },
    undo: async () => {
      const [last, ...before] = done;
      if (!last) return;
      const back = await last.undo();
      if (back) setDone(before);
      setSaid(back ? "today.taken_back" : "today.not_taken_back");
      await renew();
    },
  };
}

async function moveBack(ref: string, moved: readonly Moved[]): Promise<boolean> {
  const now = await told(api.GET("/api/events/editions/{ref}/schedule", { params: { path: { ref } } }));
  const moves = movesBack(moved, now.placements);
  if (!moves) return false;
  if (moves.length === 0) return true;
  await told(api.POST("/api/events/editions/{ref}/schedule/moves", { params: { path: { ref } }, body: { moves } }));
  return true;
}

function setStatus({ id, version }: Session, status: Schemas["SessionStatus"]) {
  const params = { path: { session_id: id }, header: ifMatch(version) };
  return told(api.PATCH("/api/events/sessions/{session_id}", { params, body: { status } }));
}

async function standAgain(session: Session): Promise<boolean> {
  const params = { path: { session_id: session.id } };
  const now = await told(api.GET("/api/events/sessions/{session_id}", { params }));
  if (now.status !== "cancelled") return false;
  await setStatus(now, session.status as Schemas["SessionStatus"]);
  return true;
}
