/** Keys that stand for one request, however often it is sent. */

/** Return a new key; by hand, since only pages that came safely have `randomUUID`. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
