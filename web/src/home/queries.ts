/** What needs whoever is signed in, asked for edition by edition; nothing of it is kept. */

import { useQuery } from "@tanstack/react-query";
import { api, Problem, type Schemas, told } from "../api/client";

/** Ask whether the next release of a programme waits for an approval, where its edition asks for those. */
export function useNextRelease(ref: string, wanted: boolean) {
  return useQuery({
    queryKey: ["next release", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases/next", { params: { path: { ref } } })),
    enabled: wanted,
  });
}

export type Progress = Schemas["CycleProgressOut"];

export interface RunCycle {
  cycle: Schemas["CycleOut"];
  progress: Progress;
}

/** Of so many cycles in each state it is asked what they need. */
const MOST_CYCLES = 6;

/** Ask for the cycles that go on and that whoever asks runs the office of, each with how far it has come. */
export function useRunCycles(wanted: boolean) {
  return useQuery({
    queryKey: ["cycles", "run"],
    queryFn: async () => {
      const asked = await Promise.all(
        (["open", "closed"] as const).map((state) =>
          told(api.GET("/api/awards/cycles", { params: { query: { state, limit: MOST_CYCLES } } })),
        ),
      );
      const found = await Promise.all(asked.flatMap(({ items }) => items).map(withProgress));
      return found.flatMap((each) => each ?? []);
    },
    enabled: wanted,
  });
}

/** Return a cycle with how far it has come; nothing for who is not of its office. */
async function withProgress(cycle: Schemas["CycleOut"]): Promise<RunCycle | undefined> {
  try {
    const path = { ref: cycle.id };
    return { cycle, progress: await told(api.GET("/api/awards/cycles/{ref}/progress", { params: { path } })) };
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return undefined;
    throw error;
  }
}
