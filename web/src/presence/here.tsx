/** Those who are at the same draft: their initials, and unfolded their names, since when and where. */

import { useSpeech } from "../frame/language";
import { useClock } from "../parts/moments";
import { useNames } from "./names";
import { type Present, signsOf } from "./rules";
import "./presence.css";

interface Props {
  others: readonly Present[];
  /** What a session is called, where the screen knows. */
  titles?: (session: string) => string;
}

export function Here({ others, titles }: Props) {
  const { say } = useSpeech();
  const clock = useClock();
  const { nameOf, listed } = useNames();
  const names = others.map(nameOf);
  const all = listed(names);
  return (
    <>
      <span role="status" className="unseen">
        {others.length > 0 && say("presence.told", { names: all })}
      </span>
      {others.length > 0 && (
        <details
          className="here"
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
          }}
          onKeyDown={({ currentTarget, key }) => {
            if (key === "Escape") currentTarget.open = false;
          }}
        >
          <summary title={say("presence.told", { names: all })}>
            {say("presence.also")}
            <span className="unseen">{say("presence.names", { names: all })}</span>
            {signsOf(names).map((sign, n) => (
              <span key={`${n} ${sign}`} className="initials" aria-hidden>
                {sign}
              </span>
            ))}
          </summary>
          <ul aria-label={say("presence.also")} tabIndex={0}>
            {others.map((each) => (
              <li key={each.account_id}>
                <b>{nameOf(each)}</b>
                <small>
                  {say("presence.since", { at: clock(each.since) })}
                  {each.session_id && titles && ` · ${titles(each.session_id)}`}
                </small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
