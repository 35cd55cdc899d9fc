/** A field in which one edition is chosen. */

import { api, told } from "../api/client";
import { Picker, type PickerProps, type Source } from "../parts/picker";

const editions: Source = {
  kind: "edition",
  find: async (q) =>
    (await told(api.GET("/api/events/editions", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (ref) => told(api.GET("/api/events/editions/{ref}", { params: { path: { ref } } })),
};

export function PickEdition(props: PickerProps) {
  return <Picker source={editions} {...props} />;
}
