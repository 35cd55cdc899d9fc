/** How what a record tells is read: which words are names of something else. */

import { ROLES } from "../accounts/rules";
import type { Text } from "../api/client";
import type { Role } from "../frame/rights";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLACES: ReadonlySet<string> = new Set(["parent", "organisation", "organisation_id", "at", "into", "owner"]);

export type Told =
  | { kind: "organisation" | "account" | "edition"; id: string }
  | { kind: "role"; role: Role }
  | { kind: "text"; text: Text }
  | { kind: "words"; words: string };

/** Return what the value of a field is, by the field's name and by its own shape. */
export function kindOfValue(name: string, value: unknown): Told {
  if (value === null || value === undefined || value === "") return { kind: "words", words: "—" };
  if (typeof value === "string" && ID.test(value)) {
    if (PLACES.has(name)) return { kind: "organisation", id: value };
    if (name === "account") return { kind: "account", id: value };
  }
  if (typeof value === "string" && value.startsWith("edition:")) return { kind: "edition", id: value.slice(8) };
  if (name === "role" && isRole(value)) return { kind: "role", role: value };
  if (isText(value)) return { kind: "text", text: value };
  return { kind: "words", words: typeof value === "string" ? value : JSON.stringify(value) };
}

function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

function isText(value: unknown): value is Text {
  if (typeof value !== "object" || value === null) return false;
  const { zh, en } = value as Record<string, unknown>;
  return typeof zh === "string" && typeof en === "string";
}

/** The services that keep a record. */
export const SERVICES = ["directory", "events", "awards", "calendar"] as const;
export type Service = (typeof SERVICES)[number];

/** Return the service that an address names, or the first. */
export function serviceNamed(name: string): Service {
  return SERVICES.find((service) => service === name) ?? "directory";
}

/** Return the screen that shows what a deed was done to, where there is one. */
export function screenOf(verb: string, subject: string): string | undefined {
  const kind = verb.split(".")[0];
  if (kind === "organisation") return `/organisations/${subject}`;
  if (kind === "account") return `/accounts/${subject}`;
  if (kind === "edition") return `/editions/${subject}`;
  return undefined;
}
