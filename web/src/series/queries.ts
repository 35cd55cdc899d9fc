/** Series, as the API lists and tells them. */

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { SeriesKind } from "./rules";

export type Series = Schemas["SeriesOut"];

export interface SeriesFilters {
  q: string;
  kind: string;
  owner: string;
  umbrella: string;
}

export function useSeriesList({ kind, ...filters }: SeriesFilters) {
  return useList(["series", filters, kind], (page) =>
    told(
      api.GET("/api/events/series", {
        params: { query: { ...page, ...asked(filters), ...(kind && { kind: kind as SeriesKind }) } },
      }),
    ),
  );
}

export function readSeries(ref: string) {
  return told(api.GET("/api/events/series/{ref}", { params: { path: { ref } } }));
}

export function useOneSeries(ref: string | null) {
  return useQuery({ queryKey: ["one series", ref], queryFn: () => readSeries(ref ?? ""), enabled: ref !== null });
}

export function useSeriesHistory(ref: string) {
  return useQuery({
    queryKey: ["series history", ref],
    queryFn: () => told(api.GET("/api/events/series/{ref}/history", { params: { path: { ref } } })),
    retry: false,
  });
}
