/** What is meant of single fields of a nomination, kept in this tab until it is said. */

import { useState } from "react";
import type { Remarks } from "./rules";

const placeOf = (nomination: string, turn: number) => `huitang.remarks.${nomination}.${turn}`;

function keptAt(place: string): Remarks {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "{}") as Remarks;
  } catch {
    return {};
  }
}

export function useRemarks(nomination: string, turn: number) {
  const place = placeOf(nomination, turn);
  const [remarks, setRemarks] = useState(() => keptAt(place));
  const remark = (pointer: string, words: string | undefined) => {
    const next = Object.fromEntries(
      Object.entries({ ...remarks, [pointer]: words }).filter(([, each]) => each !== undefined),
    ) as Remarks;
    sessionStorage.setItem(place, JSON.stringify(next));
    setRemarks(next);
  };
  return [remarks, remark] as const;
}
