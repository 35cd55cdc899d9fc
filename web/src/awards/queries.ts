/** Programmes, as the API lists and tells them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useOutletContext } from "react-router";
import { api, Problem, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Standing, Subject, Verb } from "./rules";

export type Programme = Schemas["ProgrammeOut"];

export interface ProgrammeFilters {
  q: string;
  standing: string;
  verb: string;
  subject: string;
  owner: string;
  template: string;
}

export function useProgrammes({ standing, verb, subject, template, ...filters }: ProgrammeFilters) {
  return useList(["programmes", filters, standing, verb, subject, template], (page) => {
    const query = {
      ...page,
      ...asked(filters),
      ...(standing && { standing: standing as Standing }),
      ...(verb && { verb: verb as Verb }),
      ...(subject && { subject: subject as Subject }),
      ...(template && { template: template === "yes" }),
    };
    return told(api.GET("/api/awards/programmes", { params: { query } }));
  });
}

export function readProgramme(ref: string): Promise<Programme> {
  return told(api.GET("/api/awards/programmes/{ref}", { params: { path: { ref } } }));
}

export function useProgramme(ref: string) {
  return useQuery({ queryKey: ["programme", ref], queryFn: () => readProgramme(ref) });
}

export interface RunProgramme {
  programme: Programme;
  /** Its definition, for who is of its award office; `null` for anybody else. */
  definition: Schemas["DefinitionOut"] | null;
}

export function readDefinition(ref: string): Promise<Schemas["DefinitionOut"]> {
  return told(api.GET("/api/awards/programmes/{ref}/definition", { params: { path: { ref } } }));
}

/** Ask for the definition of a programme: whoever is told it is of its award office. */
export function useDefinition(ref: string) {
  return useQuery({
    queryKey: ["programme", ref, "definition"],
    queryFn: () =>
      readDefinition(ref).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 403) return null;
        throw error;
      }),
  });
}

/** Return the programme within whose frame a screen stands. */
export function useThisProgramme(): RunProgramme {
  return useOutletContext<RunProgramme>();
}

export function useProgrammeHistory(ref: string) {
  return useQuery({
    queryKey: ["programme", ref, "history"],
    queryFn: () => told(api.GET("/api/awards/programmes/{ref}/history", { params: { path: { ref } } })),
  });
}

/** Return how to say that programmes have changed: whatever is known of them is asked for again. */
export function useRenewProgrammes(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const key of ["programme", "programmes"]) await queries.invalidateQueries({ queryKey: [key] });
  };
}
