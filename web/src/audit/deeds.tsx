/** What was done to something, newest first: when, by whom, and what each field was and became. */

import { Skeleton } from "antd";
import { Link } from "react-router";
import { AccountName, EditionName } from "../accounts/named";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Moment } from "../parts/moment";
import { Table } from "../parts/table";
import { useLabel, useWord } from "../parts/word";
import { kindOfValue, LONG } from "./rules";

export type Deed = Schemas["DeedOut"];
type Label = (field: string) => string | undefined;

interface Props {
  /** What these are about. */
  name: string;
  asked: { data?: readonly Deed[] | null | undefined; error: unknown };
  /** What a field is called on the form of it; others go by their usual names. */
  label?: Label;
}

export function Deeds({ name, asked, label }: Props) {
  const { say } = useSpeech();
  if (!asked.data) return asked.error ? <Failure error={asked.error} /> : <Skeleton active />;
  return (
    <Table name={name} heads={[say("audit.at"), say("audit.actor"), say("audit.verb"), say("audit.change")]}>
      {asked.data.map((deed, index) => (
        <tr key={index}>
          <td>
            <Moment at={deed.at} />
          </td>
          <td>
            <Actor id={deed.actor} />
          </td>
          <td>
            <Verb verb={deed.verb} />
          </td>
          <td>
            <Change verb={deed.verb} change={deed.change} {...(label && { label })} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Who did it; the system itself where nobody is named. */
export function Actor({ id }: { id: string }) {
  const { say } = useSpeech();
  return id ? <AccountName id={id} /> : <>{say("audit.system")}</>;
}

export function Verb({ verb }: { verb: string }) {
  return <>{useWord()("deed", verb)}</>;
}

/** What a deed changed: each field, what it was and became. */
export function Change({ verb, change, label }: { verb: string; change: Record<string, unknown>; label?: Label }) {
  const usual = useLabel("changed");
  const called = (name: string) => label?.(name) ?? usual(name) ?? name;
  return (
    <ul className="change">
      {Object.entries(change)
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => (
          <li key={name}>
            <span className="faint">{called(name)}</span> <Became verb={verb} name={name} value={value} />
          </li>
        ))}
    </ul>
  );
}

interface Field {
  verb: string;
  name: string;
  value: unknown;
}

function Became({ verb, name, value }: Field) {
  if (!Array.isArray(value)) return <Value verb={verb} name={name} value={value} />;
  const values: readonly unknown[] = value;
  const pair = values.length === 2 && name !== "into";
  return values.map((each, index) => (
    <span key={index}>
      {index > 0 && (pair ? " → " : ", ")}
      <Value verb={verb} name={name} value={each} />
    </span>
  ));
}

function Value({ verb, name, value }: Field) {
  const { say, of } = useSpeech();
  const word = useWord();
  const told = kindOfValue(verb, name, value);
  switch (told.kind) {
    case "organisation":
      return <OrganisationName id={told.id} />;
    case "account":
      return <AccountName id={told.id} />;
    case "edition":
      return <EditionName id={told.id} />;
    case "screen":
      return <Link to={told.to}>{say("audit.open")}</Link>;
    case "id":
      return <code title={told.id}>…{told.id.slice(-8)}</code>;
    case "word":
      return <>{word(told.family, told.word)}</>;
    case "text":
      return <>{of(told.text)}</>;
    case "words":
      return told.words.length > LONG ? <Long words={told.words} /> : <>{told.words}</>;
  }
}

/** What is long is unfolded on demand. */
function Long({ words }: { words: string }) {
  return (
    <details>
      <summary>{`${words.slice(0, LONG / 3)}…`}</summary>
      {words}
    </details>
  );
}
