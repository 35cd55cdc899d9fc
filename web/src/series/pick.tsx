/** A field in which a series is found and chosen. */

import { api, told } from "../api/client";
import { Picker, type PickerProps } from "../parts/picker";
import { readSeries } from "./queries";

const series = {
  kind: "series",
  find: async (q: string) =>
    (await told(api.GET("/api/events/series", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: readSeries,
};

export function PickSeries(props: PickerProps) {
  return <Picker source={series} {...props} />;
}
