/** A workbook of nominations as the API takes it: tried, and brought in. */

import { upload } from "../api/upload";
import type { Outcome } from "./rules";

/** Where the nominations of a workbook go. */
export interface Target {
  cycle: string;
  category: string;
  unit: string;
}

const at = ({ cycle, category }: Target) => `/api/awards/cycles/${cycle}/sheets/${category}`;

export function templateOf(target: Target, language: "zh" | "en"): string {
  return `${at(target)}?language=${language}`;
}

export function sendSheet(target: Target, file: File, dry: boolean, signal?: AbortSignal): Promise<Outcome> {
  const query = new URLSearchParams({ unit_id: target.unit, dry_run: String(dry) });
  return upload<Outcome>(`${at(target)}?${query.toString()}`, file, signal ? { signal } : {});
}
