/** A field in which an edition is found and chosen. */

import { api, told } from "../api/client";
import { Picker, type PickerProps } from "../parts/picker";
import { readEdition } from "./queries";

const editions = {
  kind: "edition",
  find: async (q: string) => {
    const query = { limit: 20, sort: "-date" as const, ...(q && { q }) };
    return (await told(api.GET("/api/events/editions", { params: { query } }))).items;
  },
  get: readEdition,
};

export function PickEdition(props: PickerProps) {
  return <Picker source={editions} {...props} />;
}
