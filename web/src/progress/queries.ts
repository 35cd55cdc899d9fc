/** How far a cycle has come, and what its units have handed in. */

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { useList } from "../parts/lists";

export type Progress = Schemas["CycleProgressOut"];

/** Ask how far a cycle has come; `ahead` is by how much the server's clock goes before ours. */
export function useProgress(cycle: string) {
  return useQuery({
    queryKey: ["progress", cycle],
    queryFn: async () => {
      const found = await told(api.GET("/api/awards/cycles/{ref}/progress", { params: { path: { ref: cycle } } }));
      return { ...found, ahead: Date.parse(found.now) - Date.now() };
    },
  });
}

export function useUnits(cycle: string, filters: { below: string; behind: string }) {
  return useList(["progress", cycle, "units", filters], (page) => {
    const query = { ...page, ...(filters.below && { below: filters.below }), behind: filters.behind !== "no" };
    return told(api.GET("/api/awards/cycles/{ref}/progress/units", { params: { path: { ref: cycle }, query } }));
  });
}
