/** The public API as this page asks it: types come from its own description, refusals are thrown as `Problem`. */

import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Text = Schemas["Text-Output"];

/** One field that breaks a rule: where, as a JSON pointer into the request; which rule; in words. */
export interface FieldRefusal {
  pointer: string;
  code: string;
  message: string;
}

/** A refusal (RFC 9457), in the language of the page. */
export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  readonly requestId: string;
  readonly fields: readonly FieldRefusal[];
  /** Whatever else is told of the case. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, told: Record<string, unknown>) {
    super(typeof told.detail === "string" ? told.detail : "");
    this.status = status;
    this.type = typeof told.type === "string" ? told.type : "";
    this.requestId = typeof told.request_id === "string" ? told.request_id : "";
    this.fields = Array.isArray(told.errors) ? (told.errors as FieldRefusal[]) : [];
    this.facts = told;
  }

  /** Whether the server could not be asked at all, so that the same may be asked again. */
  get away(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

type Listener = () => void;
const signedOut = new Set<Listener>();

/** Call `listener` whenever an answer says that nobody is signed in any more; returns what ends that. */
export function onSignedOut(listener: Listener): Listener {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

export function tellSignedOut(): void {
  signedOut.forEach((listener) => listener());
}

export const api = createClient<paths>({
  baseUrl: "/",
  headers: { Accept: "application/json" },
  fetch: async (request: Request) => {
    request.headers.set("Accept-Language", document.documentElement.lang);
    try {
      return await fetch(request);
    } catch {
      throw new Problem(0, {});
    }
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return what was answered (lists come as JSON, never as a file), or throw the `Problem`. */
export async function told<T>(asked: Promise<Answer<T>>): Promise<Exclude<T, string>> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Exclude<T, string>;
  if (response.status === 401) tellSignedOut();
  throw new Problem(response.status, typeof error === "object" && error !== null ? { ...error } : {});
}

/** The header of a change that rests on a version. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"v${version}"` };
}
