/** Rules of eligibility, as the API explains, keeps and tries them. */

import { useQuery } from "@tanstack/react-query";
import { api, Problem, type Schemas, told } from "../api/client";

export type Rules = Schemas["RuleSet"];
export type Verdict = Schemas["VerdictOut"];
export type Candidate = Schemas["CandidateIn"];
export type Trials = Schemas["TrialsOut"];

/** Ask for the language of rules: what may be written, and what facts and their words are called. */
export function useRuleLanguage() {
  return useQuery({
    queryKey: ["rule language"],
    queryFn: () => told(api.GET("/api/awards/eligibility/language")),
    staleTime: Infinity,
  });
}

export function readRules(ref: string): Promise<Schemas["EligibilityOut"]> {
  return told(api.GET("/api/awards/programmes/{ref}/eligibility", { params: { path: { ref } } }));
}

export function readCycleRules(ref: string, number?: number): Promise<Schemas["CycleEligibilityOut"]> {
  const params = { path: { ref }, query: number === undefined ? {} : { number } };
  return told(api.GET("/api/awards/cycles/{ref}/eligibility", { params }));
}

export interface Tried {
  trials?: Trials;
  refused?: Problem;
}

/** Try rules that need not be saved on candidates; what is wrong with the rules themselves is an answer as well. */
export function useTrials(rules: unknown, candidates: readonly Candidate[]) {
  return useQuery({
    queryKey: ["trials", rules, candidates],
    queryFn: async (): Promise<Tried> => {
      const body = { rules: rules as Rules, candidates: [...candidates] };
      try {
        return { trials: await told(api.POST("/api/awards/eligibility/trials", { body })) };
      } catch (error) {
        if (error instanceof Problem && !error.away && error.status !== 401) return { refused: error };
        throw error;
      }
    },
    enabled: rules !== undefined,
    placeholderData: (before) => before,
  });
}
