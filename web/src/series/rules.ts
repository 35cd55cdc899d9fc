/** What a series is made of: its kinds and cadences, and how a form over one is read from the API and sent to it. */

import type { Schemas } from "../api/client";

export type SeriesKind = Schemas["SeriesKind"];
export type SeriesPatch = Schemas["SeriesPatch"];

export const KINDS: readonly SeriesKind[] = [
  "forum",
  "congress",
  "annual_meeting",
  "summit",
  "salon",
  "competition",
  "theme_day",
  "theme_week",
  "theme_month",
  "lecture_tour",
  "expo",
  "camp",
  "exchange",
  "campaign",
  "other",
];

export const CADENCES: readonly Schemas["Cadence"][] = [
  "annual",
  "biennial",
  "quadrennial",
  "quarterly",
  "monthly",
  "irregular",
];

type Fields = Required<SeriesPatch>;

export const NO_WORDS = { zh: "", en: "" };

/** What the form over a new series begins with. */
export const NOTHING: Fields = {
  name: NO_WORDS,
  kind: "forum",
  cadence: null,
  flags: [],
  umbrella_id: null,
  description: NO_WORDS,
  note: NO_WORDS,
  aliases: [],
  documents: [],
};

/** Return what a form over a series begins with. */
export function fieldsOf(series: Schemas["SeriesOut"]): Fields {
  const names = Object.keys(NOTHING) as (keyof Fields)[];
  return Object.fromEntries(names.map((name) => [name, series[name]])) as unknown as Fields;
}

/** Return what was entered as the API takes it: a day that is not named is none. */
export function sent<T extends Partial<SeriesPatch>>(values: T): T {
  return {
    ...values,
    ...("cadence" in values && { cadence: values.cadence ?? null }),
    ...("umbrella_id" in values && { umbrella_id: values.umbrella_id ?? null }),
    ...(values.aliases && {
      aliases: values.aliases.map(({ from_on, until_on, ...each }) => ({
        ...each,
        from_on: from_on || null,
        until_on: until_on || null,
      })),
    }),
    ...(values.documents && {
      documents: values.documents.map(({ issued_on, ...each }) => ({ ...each, issued_on: issued_on || null })),
    }),
  };
}

/** Return Latin words as a part of an address: lower case, everything else a hyphen. */
export function slugOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}
