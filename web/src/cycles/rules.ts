/** How far a cycle has come and what may follow, how a stage is read and sent, and how much time is left. */

import type { Schemas } from "../api/client";
import { NO_WORDS } from "../series/rules";

export type Phase = Schemas["Phase"];
export type Step = "open" | "close" | "reopen" | "conclude" | "cancel";
export type StageKind = Schemas["StageKind"];

export const PHASES: readonly Phase[] = ["draft", "open", "closed", "concluded", "cancelled"];
/** The states that a cycle goes through where nothing is called off. */
export const WAY: readonly Phase[] = ["draft", "open", "closed", "concluded"];

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  draft: ["open"],
  open: ["close", "cancel"],
  closed: ["conclude", "reopen", "cancel"],
};

/** Return what may be done with a cycle as a whole, what is likeliest first. */
export function stepsOf(state: string): readonly Step[] {
  return STEPS[state] ?? [];
}

/** Tell whether a step needs a reason. */
export function needsReason(step: Step): step is "reopen" | "cancel" {
  return step === "reopen" || step === "cancel";
}

export const STAGE_KINDS: readonly StageKind[] = [
  "call_opens",
  "unit_deadline",
  "submission_deadline",
  "check",
  "correction_deadline",
  "list_published",
  "review",
  "notice",
  "result",
  "other",
];
const DEADLINES: readonly string[] = ["unit_deadline", "submission_deadline", "correction_deadline"];

/** Tell whether something ends at a stage for somebody. */
export function isDeadline(kind: string): boolean {
  return DEADLINES.includes(kind);
}

export const STATUSES = ["confirmed", "tentative", "cancelled"] as const;

export interface StageFields {
  kind: StageKind;
  status: (typeof STATUSES)[number];
  title: Schemas["AwardsText-Input"];
  description: Schemas["AwardsText-Input"];
  by: "day" | "time";
  from: string;
  until: string;
  reason: string;
}

/** Return what the form over a stage begins with, or over a new one. */
export function stageFields(stage?: Schemas["StageOut"]): StageFields {
  const timed = stage ? Boolean(stage.at_local) || (!stage.on && isDeadline(stage.kind)) : true;
  return {
    kind: (stage?.kind ?? "other") as StageKind,
    status: (stage?.status ?? "confirmed") as StageFields["status"],
    title: stage?.title ?? NO_WORDS,
    description: stage?.description ?? NO_WORDS,
    by: timed ? "time" : "day",
    from: timed ? minutes(stage?.at_local) : (stage?.on ?? ""),
    until: timed ? minutes(stage?.until_local) : (stage?.until_on ?? ""),
    reason: "",
  };
}

function minutes(time: string | null | undefined): string {
  return time?.slice(0, 16) ?? "";
}

/** Return a wall time as the API takes it, or none. */
export function wall(entered: string | undefined): string | null {
  return entered ? `${entered.slice(0, 10)}T${entered.slice(11, 16) || "00:00"}:00` : null;
}

/** Return what was entered of a stage as the API takes it; a kind is said once, when the stage is entered. */
export function sentStage(fields: StageFields): Schemas["StagePatch"] {
  const { by, from, until, title, description, status, reason } = fields;
  const rest = { title, description, status, reason };
  const day = (value: string) => value.slice(0, 10) || null;
  return by === "time"
    ? { ...rest, on: null, until_on: null, at_local: wall(from), until_local: wall(until) }
    : { ...rest, on: day(from), until_on: day(until), at_local: null, until_local: null };
}

/** Return when a stage is, in the zone in which it was said. */
export function whenOf(stage: Pick<Schemas["StageOut"], "at_local" | "until_local" | "on" | "until_on">): string {
  const time = (value: string | null) => minutes(value).replace("T", " ");
  const ends = stage.at_local
    ? [time(stage.at_local), time(stage.until_local)]
    : [stage.on ?? "", stage.until_on ?? ""];
  return [...new Set(ends)].filter(Boolean).join(" – ");
}

export interface Left {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Return how much time is left until an instant, or nothing once it has passed. */
export function leftUntil(instant: string, now: number): Left | null {
  const left = Date.parse(instant) - now;
  if (left < 0) return null;
  const seconds = Math.floor(left / 1000);
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
