import { useInfiniteQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";

export type Edition = Schemas["EditionOut"];

/** Ask for editions that the caller may see, by words in their names, the nearest first; page by page. */
export function useEditions(q: string) {
  return useInfiniteQuery({
    queryKey: ["editions", q],
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/events/editions", {
          params: { query: { limit: 50, ...(q && { q }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
