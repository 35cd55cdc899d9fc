/** Editions, as the API lists and tells them. */

import { useQuery } from "@tanstack/react-query";
import { useOutletContext } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";

export type Edition = Schemas["EditionOut"];

/** Ask for editions that the caller may see, by words in their names, the nearest first. */
export function useEditions(q: string) {
  return useList(["editions", q], (page) =>
    told(api.GET("/api/events/editions", { params: { query: { ...page, ...asked({ q }) } } })),
  );
}

export function useEdition(ref: string) {
  return useQuery({
    queryKey: ["edition", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}", { params: { path: { ref } } })),
  });
}

/** Return the edition within whose frame a screen stands. */
export function useThisEdition(): Edition {
  return useOutletContext<Edition>();
}
