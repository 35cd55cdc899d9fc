/** The history of something: when who did what, and what each field was and became. */

import { Skeleton } from "antd";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { inWords } from "./differences";
import { useMoments } from "./moments";
import { Who } from "./who";
import { useWord } from "./word";
import { Table } from "./table";

export type Deed = Schemas["DeedOut"];

interface Props {
  /** What these are about. */
  name: string;
  deeds: readonly Deed[] | undefined;
  error: unknown;
  /** What a verb and a field are called. */
  verb: (verb: string) => string;
  field: (field: string) => string;
}

export function Deeds({ name, deeds, error, verb, field }: Props) {
  const { say } = useSpeech();
  const word = useWord();
  const said = (key: string, value: unknown) =>
    typeof value === "string" && value ? word(key, value) : inWords(value);
  if (error) return <Failure error={error} />;
  if (!deeds) return <Skeleton active />;
  return (
    <Table name={name} heads={[say("parts.when"), say("parts.who"), say("parts.what"), say("parts.change")]}>
      {deeds.map((deed, index) => (
        <tr key={index}>
          <td>
            <Moment at={deed.at} />
          </td>
          <td>
            <Who account={deed.actor} />
          </td>
          <td>{verb(deed.verb)}</td>
          <td>
            {Object.entries<unknown>(deed.change)
              .filter(([, value]) => value !== null)
              .map(([key, value]) => (
                <div key={key}>
                  <b>{field(key)}</b>{" "}
                  <Value
                    words={
                      Array.isArray(value) && value.length === 2
                        ? `${said(key, value[0])} → ${said(key, value[1])}`
                        : said(key, value)
                    }
                  />
                </div>
              ))}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** So many characters of a value are shown at once. */
const LONG = 300;

/** What a field was and became; what is long is unfolded on demand. */
function Value({ words }: { words: string }) {
  if (words.length <= LONG) return words;
  return (
    <details>
      <summary>{`${words.slice(0, LONG / 3)}…`}</summary>
      {words}
    </details>
  );
}

/** An instant, in the reader's own zone. */
export function Moment({ at }: { at: string }) {
  const { instant } = useMoments();
  return <time dateTime={at}>{instant(at)}</time>;
}
