/** A field in which one edition is chosen. */

import { api, told } from "../api/client";
import { Picker, type PickerProps, type Source } from "../parts/picker";

export function getEdition(ref: string) {
  return told(api.GET("/api/events/editions/{ref}", { params: { path: { ref } } }));
}

const editions: Source = {
  kind: "edition",
  find: async (q) =>
    (await told(api.GET("/api/events/editions", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: getEdition,
};

export function PickEdition(props: PickerProps) {
  return <Picker source={editions} {...props} />;
}
