/** JSON as people read it: what fits into a line stands in one. */

const WIDTH = 100;

export function tidy(value: unknown, indent = ""): string {
  const short = inLine(value);
  if (short.length + indent.length <= WIDTH || typeof value !== "object" || value === null) return short;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((each) => tidy(each, deeper))
    : entriesOf(value).map(([name, each]) => `${JSON.stringify(name)}: ${tidy(each, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = entriesOf(value).map(([name, each]) => `${JSON.stringify(name)}: ${inLine(each)}`);
    return parts.length > 0 ? `{ ${parts.join(", ")} }` : "{}";
  }
  return JSON.stringify(value);
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

/** Return what a text says as JSON, or why it is none and where. */
export function parsed(text: string): { value: unknown } | { fault: string; offset: number } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const fault = error instanceof Error ? error.message : "";
    return { fault, offset: firstFault(text) };
  }
}

/** Return how far a text could still become JSON: not every browser tells where it fails. */
function firstFault(text: string): number {
  let [whole, broken] = [0, text.length + 1];
  while (whole + 1 < broken) {
    const middle = Math.floor((whole + broken) / 2);
    if (isBegun(text.slice(0, middle))) whole = middle;
    else broken = middle;
  }
  return whole;
}

/** Tell whether nothing of a text is wrong but that it ends too soon. */
function isBegun(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) return false;
    const at = /position (\d+)/.exec(error.message)?.[1];
    return Number(at ?? -1) >= text.length || /end of JSON|Unterminated|end of data/.test(error.message);
  }
}
