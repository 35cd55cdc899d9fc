/** Words that come from the server, such as states and kinds. */

import { isKey, useSpeech } from "../frame/language";

/** Return how to say a word that comes from the server: by its key where there is one, else as it is. */
export function useWord(): (family: string, word: string) => string {
  const { say } = useSpeech();
  return (family, word) => {
    const key = `${family}.${word}`;
    return isKey(key) ? say(key) : word;
  };
}

/** Return how to say what a field is called, by its name there: nothing where there is no word for it. */
export function useLabel(family: string): (field: string) => string | undefined {
  const { say } = useSpeech();
  return (field) => {
    const key = `${family}.${field}`;
    return isKey(key) ? say(key) : undefined;
  };
}
