/** A field in which a programme is found and chosen. */

import { api, told } from "../api/client";
import { Picker, type PickerProps } from "../parts/picker";
import { readProgramme } from "./queries";

const programmes = {
  kind: "programme",
  find: async (q: string) =>
    (
      await told(
        api.GET("/api/awards/programmes", { params: { query: { limit: 20, template: false, ...(q && { q }) } } }),
      )
    ).items,
  get: readProgramme,
};

export function PickProgramme(props: PickerProps) {
  return <Picker source={programmes} {...props} />;
}
