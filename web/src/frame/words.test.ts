import { describe, expect, it } from "vitest";
import { features as first } from "./language";
import { features as later } from "./later";

const features: readonly Record<string, readonly [string, string]>[] = [...first, ...later];
const words = Object.assign({}, ...features) as Record<string, readonly [string, string]>;
const files = import.meta.glob<string>(
  ["../**/*.{ts,tsx}", "!../**/words.ts", "!../**/*.test.ts", "!../api/schema.d.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
const code = Object.values(files).join("\n");

/** Keys of which a part comes from the server. */
const FAMILIES = [
  ...[...code.matchAll(/`([a-z_]+\.)\$\{/g)].map((found) => found[1] ?? ""),
  ...[...code.matchAll(/\b(?:word\(|choices\(|family=)"([a-z._]+)"/g)].map((found) => `${found[1] ?? ""}.`),
];

describe("words", () => {
  it("are said in both languages, and in each of its own", () => {
    const wrong = Object.entries(words).filter(
      ([, [zh, en]]) => !zh.trim() || !en.trim() || !/^[\x20-\x7e–“”’…]+$/.test(en.replace("中文", "")),
    );
    expect(wrong.map(([key]) => key).filter((key) => key !== "frame.switch_language")).toEqual([]);
  });

  it("take the same values in both", () => {
    const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [zh, en] of Object.values(words)) expect(values(zh)).toEqual(values(en));
  });

  it("have one meaning: no key twice", () => {
    expect(Object.keys(words).length).toBe(features.reduce((sum, each) => sum + Object.keys(each).length, 0));
  });

  it("are all used", () => {
    const unused = Object.keys(words).filter(
      (key) => !code.includes(`"${key}"`) && !FAMILIES.some((family) => key.startsWith(family)),
    );
    expect(unused).toEqual([]);
  });

  it("are at hand where the first screen needs them", () => {
    const begun = Object.entries(files).filter(([path]) => /^\.\.\/(frame|parts|home)\/|^\.\/(?!palette)/.test(path));
    const missing = begun.flatMap(([path, text]) =>
      later.flatMap((each) =>
        Object.keys(each)
          .filter((key) => text.includes(`"${key}"`))
          .map((key) => `${path}: ${key}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});
