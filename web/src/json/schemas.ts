/** What the API says of the bodies that it takes, for fields in which they are written as JSON. */

import { useQuery } from "@tanstack/react-query";
import type { JsonSchema } from "./completion";

interface Description {
  components: { schemas: Record<string, JsonSchema> };
}

/** Ask for the schema of this name in the API's own description. */
export function useApiSchema(name: string): JsonSchema | undefined {
  const { data } = useQuery({
    queryKey: ["openapi"],
    queryFn: async () => (await (await fetch("/api/openapi.json")).json()) as Description,
    staleTime: Infinity,
  });
  const $defs = data?.components.schemas;
  const named = $defs?.[name];
  return named && { ...named, $defs };
}
