/** What files an item of a checklist takes, and how sizes are said. */

import type { Schemas } from "../api/client";

export type Item = Schemas["ChecklistItemOut"];
export type Paper = Schemas["AttachmentOut"];

export const SECRECY: readonly Schemas["Secrecy"][] = ["secret", "confidential", "top_secret"];

/** Formats that a browser shows by itself. */
const SHOWN = new Set(["pdf", "jpg", "png"]);

export function isShown(paper: Paper): boolean {
  return SHOWN.has(paper.format);
}

/** Return how large something is, such as `1.5 MB`; a limit is never said larger than it is. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kb = bytes / 1024;
  if (kb < 1024) return `${Math.floor(kb)} KB`;
  return `${Math.floor((kb / 1024) * 10) / 10} MB`;
}

/** Return the endings that an item offers to choose from; none, where all are taken. */
export function endingsOf(item: Item): string {
  return item.formats.flatMap((each) => (each === "jpg" ? [".jpg", ".jpeg"] : [`.${each}`])).join(",");
}
