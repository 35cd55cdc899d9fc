/** A word that marks something, told apart by more than its colour. */

import type { ReactNode } from "react";

interface Props {
  /** Whether it warns, or bars. */
  kind?: "plain" | "fine" | "warns" | "bars";
  children: ReactNode;
}

export function Mark({ kind = "plain", children }: Props) {
  return <span className={`mark-of ${kind}`}>{children}</span>;
}
