/** Lists of the API: asked page by page, filtered by what stands in the address. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSearchParams } from "react-router";

interface Page<T> {
  items: T[];
  next?: string | null;
  total?: number | null;
}

/** What every list takes of where a page begins. */
export interface PageAsked {
  limit: number;
  total: boolean;
  cursor?: string;
}

const LIMIT = 50;

/** Ask for a list under `key`; `rows` are those of all pages asked for so far, `total` how many there are. */
export function useList<T>(key: readonly unknown[], ask: (page: PageAsked) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask({ limit: LIMIT, total: !pageParam, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const pages = query.data?.pages;
  return {
    rows: pages?.flatMap((page) => page.items),
    total: pages?.[0]?.total ?? undefined,
    error: query.error,
    more: query.hasNextPage,
    asking: query.isFetchingNextPage,
    askMore: (): void => void query.fetchNextPage(),
  };
}

export type List<T> = Omit<ReturnType<typeof useList<T>>, "rows"> & { rows: T[] | undefined };

/** Return as a list what the API answers whole. */
export function whole<T>({ data, error }: { data: readonly T[] | undefined; error: Error | null }): List<T> {
  return { rows: data && [...data], total: undefined, error, more: false, asking: false, askMore: () => undefined };
}

/** Return what the address asks for now: what is drawn may be a moment behind it. */
export const askedNow = (): URLSearchParams => new URLSearchParams(location.search);

/** Return the filters that the address holds, those of `start` where it names none, and how to change some of them. */
export function useFilters<const Name extends string>(
  names: readonly Name[],
  start: Partial<Record<Name, string>> = {},
): [Record<Name, string>, (changed: Partial<Record<Name, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? start[name] ?? ""])) as Record<
    Name,
    string
  >;
  const begun = Object.keys(start)
    .filter((name) => start[name as Name])
    .join(" "); // there, none is a choice as well
  const change = useCallback(
    (changed: Partial<Record<Name, string>>) => {
      const next = askedNow();
      for (const [name, value] of Object.entries<string | undefined>(changed)) {
        if (value || begun.split(" ").includes(name)) next.set(name, value ?? "");
        else next.delete(name);
      }
      setSearch(next, { replace: true });
    },
    [setSearch, begun],
  );
  return [values, change];
}

/** Return those of `values` that say something, to be asked for. */
export function asked<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== "" && value !== undefined),
  ) as Partial<T>;
}
