/** JSON as it is being written: what stands where, and in what the cursor stands, however unfinished it is. */

export interface Container {
  kind: "object" | "array";
  pointer: string;
  /** Which part of it is being written. */
  key: string;
  /** The names that stand in it, and those of its values that are plain. */
  keys: Set<string>;
  plain: Map<string, string>;
}

export interface Spot {
  /** The containers around the cursor, from the outermost, each with the part of it in which the next one stands. */
  around: readonly { container: Container; key: string }[];
  expects: "key" | "value" | "";
  /** Where the word begins that is being written, and what of it stands before the cursor. */
  from: number;
  word: string;
}

export interface Scanned {
  /** Where each value begins, by its pointer. */
  places: ReadonlyMap<string, number>;
  spot: Spot | undefined;
}

const BLANK = /\s/;
const WORD = /[^\s,:{}[\]"]/;

/** Read a text; `cursor` is where somebody writes. */
export function scan(text: string, cursor = -1): Scanned {
  const places = new Map<string, number>();
  const stack: Container[] = [];
  let spot: Spot | undefined;
  let wantsKey = false;
  let done = false; // whether what is wanted here is there
  const top = () => stack.at(-1);
  const here = () => {
    const inside = top();
    return inside ? `${inside.pointer}/${inside.key}` : "";
  };
  const note = (from: number, until: number, expects: Spot["expects"], word: string) => {
    if (cursor < from || cursor > until || spot) return;
    spot = { around: stack.map((container) => ({ container, key: container.key })), expects, from, word };
  };
  const wanted = () => (done ? "" : wantsKey ? "key" : "value");
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? "";
    const inside = top();
    if (sign === "{" || sign === "[") {
      note(at, at, wanted(), "");
      places.set(here(), at);
      const kind = sign === "{" ? "object" : "array";
      const pointer = here();
      stack.push({ kind, pointer, key: kind === "array" ? "0" : "", keys: new Set(), plain: new Map() });
      wantsKey = kind === "object";
      done = false;
      at += 1;
    } else if (sign === "}" || sign === "]") {
      note(at, at, wanted(), "");
      stack.pop();
      done = true;
      at += 1;
    } else if (sign === ",") {
      note(at, at, wanted(), "");
      if (inside?.kind === "array") inside.key = String(Number(inside.key) + 1);
      wantsKey = inside?.kind === "object";
      done = false;
      at += 1;
    } else if (sign === ":") {
      wantsKey = false;
      done = false;
      at += 1;
    } else if (BLANK.test(sign)) {
      note(at, at, wanted(), "");
      at += 1;
    } else {
      const end = sign === '"' ? endOfString(text, at) : endOfWord(text, at);
      const raw = text.slice(at, end);
      const word = sign === '"' ? raw.slice(1).replace(/"$/, "") : raw;
      const closed = sign === '"' && raw.length > 1 && raw.endsWith('"');
      note(at, closed ? end - 1 : end, wantsKey ? "key" : "value", text.slice(at + (sign === '"' ? 1 : 0), cursor));
      if (wantsKey && inside) {
        inside.key = word;
        inside.keys.add(word);
      } else {
        places.set(here(), at);
        inside?.plain.set(inside.key, word);
      }
      done = true;
      at = Math.max(end, at + 1);
    }
  }
  note(text.length, text.length, wanted(), "");
  return { places, spot };
}

/** Return where a string ends that begins at `at`: behind its closing sign, or at the end of the line. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === '"') return end + 1;
    else if (text[end] === "\n") return end;
  }
  return text.length;
}

function endOfWord(text: string, at: number): number {
  let end = at;
  while (end < text.length && WORD.test(text[end] ?? "")) end += 1;
  return end;
}

/** Return where something stands that a refusal names, or what holds it; parts of a pointer that are not there are passed over. */
export function offsetOf(places: ReadonlyMap<string, number>, pointer: string): number {
  let found = "";
  for (const part of pointer.split("/").slice(1)) if (places.has(`${found}/${part}`)) found = `${found}/${part}`;
  return places.get(found) ?? 0;
}

/** Return the line and the column of a place, both from 1. */
export function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
