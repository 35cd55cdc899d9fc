/** What was done to something, newest first: when, by whom, and what each field was and became. */

import { Skeleton } from "antd";
import { AccountName, EditionName } from "../accounts/named";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { isKey, useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { useMoments } from "../parts/moments";
import { kindOfValue } from "./rules";

interface Asked {
  data: Schemas["DeedOut"][] | undefined;
  error: unknown;
}

export function Deeds({ asked }: { asked: Asked }) {
  const { instant: moment } = useMoments();
  if (!asked.data) return asked.error ? <Failure error={asked.error} /> : <Skeleton active />;
  return (
    <ol className="deeds">
      {asked.data.map((deed) => (
        <li key={deed.at + deed.verb}>
          <span className="faint">{moment(deed.at)}</span> <Actor id={deed.actor} /> · <Verb verb={deed.verb} />
          <Change change={deed.change} />
        </li>
      ))}
    </ol>
  );
}

/** Who did it; the system itself where nobody is named. */
export function Actor({ id }: { id: string }) {
  const { say } = useSpeech();
  return id ? <AccountName id={id} /> : <>{say("audit.system")}</>;
}

export function Verb({ verb }: { verb: string }) {
  const { say } = useSpeech();
  const key = `deed.${verb}`;
  return isKey(key) ? <>{say(key)}</> : <code>{verb}</code>;
}

/** What a deed changed: each field, what it was and became. */
export function Change({ change }: { change: Record<string, unknown> }) {
  const { say } = useSpeech();
  return (
    <ul className="change">
      {Object.entries(change)
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => {
          const key = `changed.${name}`;
          return (
            <li key={name}>
              <span className="faint">{isKey(key) ? say(key) : name}</span> <Became name={name} value={value} />
            </li>
          );
        })}
    </ul>
  );
}

function Became({ name, value }: { name: string; value: unknown }) {
  if (!Array.isArray(value)) return <Value name={name} value={value} />;
  const values: readonly unknown[] = value;
  const pair = values.length === 2 && name !== "into";
  return values.map((each, index) => (
    <span key={index}>
      {index > 0 && (pair ? " → " : ", ")}
      <Value name={name} value={each} />
    </span>
  ));
}

function Value({ name, value }: { name: string; value: unknown }) {
  const { say, of } = useSpeech();
  const told = kindOfValue(name, value);
  switch (told.kind) {
    case "organisation":
      return <OrganisationName id={told.id} />;
    case "account":
      return <AccountName id={told.id} />;
    case "edition":
      return <EditionName id={told.id} />;
    case "role":
      return <>{say(`grant_role.${told.role}`)}</>;
    case "text":
      return <>{of(told.text)}</>;
    case "words":
      return <>{told.words}</>;
  }
}
