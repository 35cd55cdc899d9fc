/** People, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Person, Role } from "./rules";

export interface PeopleFilters {
  q: string;
  owner: string;
  edition: string;
  role: string;
}

export function usePeople(filters: PeopleFilters) {
  return useList(["people", filters], (page) =>
    told(
      api.GET("/api/events/people", {
        params: { query: { ...page, ...asked({ ...filters, role: filters.role as Role }) } },
      }),
    ),
  );
}

export function askPerson(id: string): Promise<Person> {
  return told(api.GET("/api/events/people/{person_id}", { params: { path: { person_id: id } } }));
}

/** Ask for a person to edit: anew whenever that is opened, so that the form begins with what is there. */
export function usePerson(id: string) {
  return useQuery({ queryKey: ["person", "edit", id], queryFn: () => askPerson(id), gcTime: 0 });
}

export function useAppearances(id: string) {
  return useQuery({
    queryKey: ["appearances", id],
    queryFn: () => told(api.GET("/api/events/people/{person_id}/sessions", { params: { path: { person_id: id } } })),
    staleTime: 0,
  });
}

export function usePersonWindows(ref: string, person: string) {
  return useQuery({
    queryKey: ["windows", ref, person],
    queryFn: () =>
      told(
        api.GET("/api/events/editions/{ref}/people/{person_id}/windows", {
          params: { path: { ref, person_id: person } },
        }),
      ),
    gcTime: 0,
  });
}

/** Return how people are changed; lists are asked for anew. */
export function usePeopleChanges() {
  const queries = useQueryClient();
  const renew = <T>(done: T): T => {
    for (const key of ["people", "person", "appearances", "sessions", "programme", "deeds"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
    return done;
  };
  const at = (id: string, version: number) => ({ path: { person_id: id }, header: ifMatch(version) });
  return {
    add: async (body: Schemas["PersonIn"]) => renew(await told(api.POST("/api/events/people", { body }))),
    change: async (id: string, version: number, body: Schemas["PersonPatch"]) =>
      renew(
        await told(
          api.PATCH("/api/events/people/{person_id}", {
            params: at(id, version),
            body,
          }),
        ),
      ),
    remove: async (id: string, version: number) => {
      await told(api.DELETE("/api/events/people/{person_id}", { params: at(id, version) }));
      renew(null);
    },
    putWindows: async (ref: string, id: string, version: number, windows: Schemas["PersonWindowIn"][]) =>
      renew(
        await told(
          api.PUT("/api/events/editions/{ref}/people/{person_id}/windows", {
            params: { path: { ref, person_id: id }, header: ifMatch(version) },
            body: { windows },
          }),
        ),
      ),
    confirm: async (session: string, person: string, role: Role) =>
      renew(
        await told(
          api.POST("/api/events/sessions/{session_id}/people/{person_id}/confirm", {
            params: { path: { session_id: session, person_id: person } },
            body: { role },
          }),
        ),
      ),
  };
}
