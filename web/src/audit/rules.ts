/** How what a record tells is read: which words are names of something else. */

import type { Text } from "../api/client";
import { inWords, isText } from "../parts/differences";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLACES: ReadonlySet<string> = new Set([
  ...["parent", "organisation", "organisation_id", "at", "into", "owner", "owner_id", "unit", "unit_id", "taken_from"],
]);
const ACCOUNTS: ReadonlySet<string> = new Set(["account", "deputy_id", "nominator_id", "stands_in_for", "taken_by"]);
const SCREENS: Readonly<Record<string, string>> = {
  nomination: "/awards/nominations",
  cycle: "/awards/cycles",
  edition: "/editions",
  copied_from: "/editions",
};

/** Which family of words the value of a field is of; the same name means other things of other things. */
const FAMILIES: Readonly<Record<string, string>> = {
  role: "grant_role",
  route: "route",
  "account.status": "account_is",
  "cycle.state": "phase",
  "edition.standing": "standing",
  "edition.state": "state",
  "key_date.kind": "date_kind",
  "key_date.status": "status",
  "nomination.state": "nomination_state",
  "organisation.kind": "kind_of",
  "organisation.status": "status_of",
  "series.cadence": "cadence",
  "series.kind": "kind",
  "session.status": "sessionstatus",
  "stage.kind": "stage_kind",
  "stage.status": "status",
};

/** So many characters of a value are shown at once. */
export const LONG = 300;

export type Told =
  | { kind: "organisation" | "account" | "edition" | "id"; id: string }
  | { kind: "screen"; to: string }
  | { kind: "word"; family: string; word: string }
  | { kind: "text"; text: Text }
  | { kind: "words"; words: string };

/** Return what the value of a field is, by what was done, by the field's name and by its own shape. */
export function kindOfValue(verb: string, name: string, value: unknown): Told {
  if (typeof value === "string" && ID.test(value)) {
    if (PLACES.has(name)) return { kind: "organisation", id: value };
    if (ACCOUNTS.has(name)) return { kind: "account", id: value };
    const screen = SCREENS[name];
    return screen ? { kind: "screen", to: `${screen}/${value}` } : { kind: "id", id: value };
  }
  if (typeof value === "string" && value.startsWith("edition:")) return { kind: "edition", id: value.slice(8) };
  const family = FAMILIES[`${nounOf(verb)}.${name}`] ?? FAMILIES[name];
  if (typeof value === "string" && value && family) return { kind: "word", family, word: value };
  if (isText(value)) return { kind: "text", text: value };
  return { kind: "words", words: inWords(value, "—") };
}

function nounOf(verb: string): string {
  return verb.split(".")[0] ?? "";
}

/** The services that keep a record. */
export const SERVICES = ["directory", "events", "awards", "calendar"] as const;
export type Service = (typeof SERVICES)[number];

/** Return the service that an address names, or the first. */
export function serviceNamed(name: string): Service {
  return SERVICES.find((service) => service === name) ?? "directory";
}

const SUBJECTS: Readonly<Record<string, string>> = {
  account: "/accounts",
  cycle: "/awards/cycles",
  edition: "/editions",
  organisation: "/organisations",
  programme: "/awards/programmes",
};

/** Return the screen that shows what a deed was done to, where there is one. */
export function screenOf(service: Service, verb: string, subject: string): string | undefined {
  const noun = nounOf(verb);
  const screen = noun === "programme" && service !== "awards" ? undefined : SUBJECTS[noun];
  return screen && `${screen}/${subject}`;
}
