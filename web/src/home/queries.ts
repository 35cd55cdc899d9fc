/** What needs whoever is signed in, asked for edition by edition; nothing of it is kept. */

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";

const MOST = 6;

/** Ask for the next editions on which the caller works and that are not over. */
export function useOwnEditions(today: string) {
  return useQuery({
    queryKey: ["editions", "own", today],
    queryFn: async () => {
      const ask = (query: { from_on: string } | { sort: "newest" }) =>
        told(api.GET("/api/events/editions", { params: { query: { limit: 100, ...query } } }));
      // What has no dates yet stands in no span of days; it is among the newest.
      const [dated, newest] = await Promise.all([ask({ from_on: today }), ask({ sort: "newest" })]);
      const undated = newest.items.filter((edition) => !edition.starts_on);
      const own = [...dated.items, ...undated].filter(
        (edition) => edition.inside && edition.state !== "closed" && edition.state !== "archived",
      );
      return { shown: own.slice(0, MOST), more: own.length > MOST };
    },
  });
}

/** Ask whether the next release of a programme waits for an approval, where its edition asks for those. */
export function useNextRelease(ref: string, wanted: boolean) {
  return useQuery({
    queryKey: ["next release", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases/next", { params: { path: { ref } } })),
    enabled: wanted,
  });
}
