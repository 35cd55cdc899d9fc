/** Accepted lists of a cycle: those that were published, and what the next would say. */

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { useList } from "../parts/lists";

export type AcceptedList = Schemas["AcceptedListOut"];
export type NextList = Schemas["NextListOut"];

export function useLists(cycle: string) {
  return useList(["lists", cycle], (page) =>
    told(api.GET("/api/awards/cycles/{ref}/lists", { params: { path: { ref: cycle }, query: page } })),
  );
}

export function useNextList(cycle: string, wanted: boolean) {
  return useQuery({
    queryKey: ["lists", cycle, "next"],
    queryFn: () => told(api.GET("/api/awards/cycles/{ref}/lists/next", { params: { path: { ref: cycle } } })),
    enabled: wanted,
  });
}
