/** A workbook of nominations as the API takes it: tried, and brought in. */

import { upload } from "../api/upload";
import type { Outcome } from "./rules";

/** Where the nominations of a workbook go. */
export interface Target {
  cycle: string;
  category: string;
  unit: string;
}

export function templateOf({ cycle, category }: Target, language: "zh" | "en"): string {
  return `/api/awards/cycles/${cycle}/sheets/${category}?language=${language}`;
}

export function sendSheet(target: Target, file: File, dry: boolean, signal?: AbortSignal): Promise<Outcome> {
  const { cycle, category, unit } = target;
  const params = { path: { ref: cycle, category }, query: { unit_id: unit, dry_run: String(dry) } };
  return upload<Outcome>("/api/awards/cycles/{ref}/sheets/{category}", params, file, signal ? { signal } : {});
}
