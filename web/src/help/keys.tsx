/** What keys do, as a table: on the help page, and in the dialog that `?` opens. */

import { type Key, useSpeech } from "../frame/language";

const KEYS: readonly { about: Key; keys: readonly (readonly [string, Key])[] }[] = [
  {
    about: "help.anywhere",
    keys: [
      ["Ctrl K", "help.key_palette"],
      ["?", "help.key_help"],
      ["Tab", "help.key_tab"],
      ["Esc", "help.key_escape"],
    ],
  },
  {
    about: "help.schedule",
    keys: [
      ["Enter", "help.key_lift"],
      ["← ↑ → ↓", "help.key_move"],
      ["Shift ↑ ↓", "help.key_resize"],
      ["Delete", "help.key_take_off"],
      ["Ctrl Z", "help.key_undo"],
      ["Ctrl Y", "help.key_redo"],
    ],
  },
  {
    about: "help.checks",
    keys: [
      ["J", "help.key_next"],
      ["K", "help.key_before"],
    ],
  },
];

export function Keys() {
  const { say } = useSpeech();
  return KEYS.map(({ about, keys }) => (
    <section key={about} className="keys" aria-label={say(about)}>
      <h2>{say(about)}</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
