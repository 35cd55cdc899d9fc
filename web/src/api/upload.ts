/** Sending a file as the whole body of a request, with how far it is: what `fetch` does not tell. */

import { Problem, tellSignedOut } from "./client";
import type { paths } from "./schema";

interface Params {
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
}

interface Sending {
  /** How much of it has gone out, from 0 to 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
  /** Under which it is taken once, however often it is sent. */
  key?: string;
}

/** Post a file to an address of the API; the answer, or the `Problem`, as any request has it. */
export function upload<T>(
  address: keyof paths,
  { path, query }: Params,
  file: Blob,
  { onProgress, signal, key }: Sending = {},
): Promise<T> {
  const filled = address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${filled}?${new URLSearchParams(query).toString()}`);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (key) request.setRequestHeader("Idempotency-Key", key);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      const answer: unknown = request.response;
      if (request.status >= 200 && request.status < 300) {
        resolve(answer as T);
        return;
      }
      if (request.status === 401) tellSignedOut();
      reject(new Problem(request.status, typeof answer === "object" && answer !== null ? { ...answer } : {}));
    });
    for (const failed of ["error", "timeout", "abort"] as const) {
      request.addEventListener(failed, () => reject(new Problem(0, {})));
    }
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
