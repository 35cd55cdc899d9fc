/** What needs whoever is signed in, asked for edition by edition; nothing of it is kept. */

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";

/** Ask whether the next release of a programme waits for an approval, where its edition asks for those. */
export function useNextRelease(ref: string, wanted: boolean) {
  return useQuery({
    queryKey: ["next release", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/releases/next", { params: { path: { ref } } })),
    enabled: wanted,
  });
}
