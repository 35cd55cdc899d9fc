/** The two languages of the console. Every feature brings its words as pairs, first Chinese, then English. */

import i18n from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Text } from "../api/client";
import { words as editions } from "../editions/words";
import { words as home } from "../home/words";
import { words as parts } from "../parts/words";
import type { words as later } from "./later";
import { words as frame } from "./words";

export type Language = "zh" | "en";
/** The words that the first screen needs; a key is of one feature. */
export const features = [frame, parts, home, editions] as const;
const first = { ...frame, ...parts, ...home, ...editions };
export type Key = keyof typeof first | keyof typeof later;
type Words = Readonly<Record<string, readonly [string, string]>>;

const KEPT = "huitang.language";

/** Return the language that the way here asks for, or else the one last chosen, or else the browser's. */
function preferred(): Language {
  const address = new URL(location.href);
  const asked = address.searchParams.get("language");
  if (asked === "zh" || asked === "en") {
    localStorage.setItem(KEPT, asked);
    address.searchParams.delete("language");
    history.replaceState(history.state, "", address);
  }
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

function side(words: Words, index: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([key, pair]) => [key, pair[index]]));
}

export async function startLanguage(): Promise<void> {
  i18n.on("languageChanged", (language) => (document.documentElement.lang = language));
  await i18n.use(initReactI18next).init({
    lng: preferred(),
    resources: { zh: { translation: side(first, 0) }, en: { translation: side(first, 1) } },
    interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
    keySeparator: false,
    nsSeparator: false,
  });
}

/** Load the words of all other features. */
export async function learnWords(): Promise<void> {
  const { words } = await import("./later");
  i18n.addResourceBundle("zh", "translation", side(words, 0), true);
  i18n.addResourceBundle("en", "translation", side(words, 1), true);
}

/** Tell whether there are words for a key of which a part comes from the server. */
export function isKey(key: string): key is Key {
  return i18n.exists(key);
}

interface Speech {
  language: Language;
  say: (key: Key, values?: Record<string, string | number>) => string;
  /** Return a bilingual text in the language of the page, or else in the other. */
  of: (text: Text | null | undefined) => string;
  change: (language: Language) => void;
}

/** Return how to speak to whoever reads the page. */
export function useSpeech(): Speech {
  const { t, i18n: current } = useTranslation();
  const language: Language = current.language === "en" ? "en" : "zh";
  const say = useCallback<Speech["say"]>((key, values) => t(key, values ?? {}), [t]);
  const of = useCallback<Speech["of"]>(
    (text) => (language === "zh" ? text?.zh || text?.en : text?.en || text?.zh) ?? "",
    [language],
  );
  const change = useCallback(
    (wanted: Language) => {
      localStorage.setItem(KEPT, wanted);
      void current.changeLanguage(wanted);
    },
    [current],
  );
  return { language, say, of, change };
}
