/** What a browser says of itself, in words that people know. */

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, "WeChat"],
  [/Edg/, "Edge"],
  [/Firefox/, "Firefox"],
  [/HeadlessChrome|Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/HarmonyOS/, "HarmonyOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS/, "macOS"],
  [/Linux/, "Linux"],
];

/** Return the name of a browser and its system, such as `Edge · Windows`; what is unknown by its first word. */
export function browserOf(agent: string): string {
  const named = [BROWSERS, SYSTEMS].flatMap((known) => known.find(([mark]) => mark.test(agent))?.[1] ?? []);
  return named.join(" · ") || (agent.split("/")[0] ?? "");
}
