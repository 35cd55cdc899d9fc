/** What a programme is made of, and how a form over one is read from the API and sent to it. */

import type { Schemas } from "../api/client";
import { same } from "../parts/differences";
import { NO_WORDS } from "../series/rules";

export type Standing = Schemas["ProgrammeStanding"];
export type Verb = Schemas["Verb"];
export type Subject = Schemas["SubjectKind"];
export type ProgrammePatch = Schemas["ProgrammePatch"];

export const STANDINGS: readonly Standing[] = [
  "approved",
  "registered",
  "publicity",
  "list",
  "designation",
  "grant",
  "referral",
];
export const VERBS: readonly Verb[] = ["recommend", "nominate", "apply", "put_forward"];
export const SUBJECTS: readonly Subject[] = ["individual", "team", "work", "organisation", "question", "project"];
export const RECURRENCES: readonly Schemas["Recurrence"][] = [
  "annual",
  "biennial",
  "triennial",
  "quadrennial",
  "quinquennial",
  "irregular",
];
/** The mark of what was made from an example pack. */
export const EXAMPLE = "example-pack";

type Fields = Required<ProgrammePatch>;

const NO_BASIS = { title: NO_WORDS, number: "", issuer: NO_WORDS, issued_on: null };

/** What the form over a new programme begins with. */
export const NOTHING: Fields = {
  name: NO_WORDS,
  description: NO_WORDS,
  note: NO_WORDS,
  owners: [],
  standing: null,
  basis: NO_BASIS,
  verb: null,
  recurrence: null,
  is_template: false,
  flags: [],
  documents: [],
};

/** Return what a form over a programme begins with. */
export function fieldsOf(programme: Schemas["ProgrammeOut"]): Fields {
  const names = Object.keys(NOTHING) as (keyof Fields)[];
  const told = Object.fromEntries(names.map((name) => [name, programme[name]])) as unknown as Fields;
  return { ...told, basis: told.basis ?? NO_BASIS };
}

/** Return what was entered as the API takes it: what was cleared is not known, and a day that is not named is none. */
export function sent<T extends Partial<ProgrammePatch>>(values: T): T {
  const basis = values.basis && { ...values.basis, issued_on: values.basis.issued_on || null };
  const chosen = (["standing", "verb", "recurrence"] as const).filter((name) => name in values);
  return {
    ...values,
    ...Object.fromEntries(chosen.map((name) => [name, values[name] ?? null])),
    ...("basis" in values && { basis: same(basis, NO_BASIS) ? null : basis }),
    ...(values.owners && {
      owners: values.owners.map((owner) => ({ ...owner, organisation_id: owner.organisation_id ?? null })),
    }),
    ...(values.documents && {
      documents: values.documents.map(({ issued_on, ...each }) => ({ ...each, issued_on: issued_on || null })),
    }),
  };
}

/** Return on which screen of a programme something is filled in that it lacks, by the code of the gap. */
export function placeOf(code: string): "basics" | "definition" | "rules" | "" {
  if (code === "eligibility") return "rules";
  if (["standing", "verb", "recurrence", "basis", "number"].includes(code)) return "basics";
  return code === "template" ? "" : "definition";
}
