/** What a file would do: counted, one by one, with the conflicts it would bring and what both sides have changed. */

import { Radio, Space } from "antd";
import { type Key, useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import type { Outcome, Take } from "./queries";
import { DEEDS, disagrees, PARTS, shown } from "./rules";
import { Table } from "../parts/table";

const MANY = 100;

interface Props {
  outcome: Outcome;
  take: Take | null;
  onTake: (take: Take) => void;
}

export function Found({ outcome, take, onTake }: Props) {
  const { say } = useSpeech();
  return (
    <>
      <p>{say("import.read_as", { format: outcome.format })}</p>
      <Counted outcome={outcome} />
      {PARTS.flatMap((part) =>
        DEEDS.map((deed) => <Details key={part + deed} part={part} deed={deed} outcome={outcome} />),
      )}
      <h3>{say("import.conflicts")}</h3>
      <Conflicts counts={outcome.conflicts} />
      {(disagrees(outcome) || take) && (
        <>
          {outcome.both_changed.length > 0 && <BothChanged outcome={outcome} />}
          {outcome.sessions.removed > 0 && <p>{say("import.removed_told", { n: outcome.sessions.removed })}</p>}
          <Radio.Group
            aria-label={say("import.take")}
            value={take}
            onChange={({ target }) => onTake(target.value as Take)}
          >
            <Space orientation="vertical">
              <Radio value="ours">{say("import.take_ours")}</Radio>
              <Radio value="file">{say("import.take_file")}</Radio>
            </Space>
          </Radio.Group>
        </>
      )}
    </>
  );
}

function Counted({ outcome }: { outcome: Outcome }) {
  const { say } = useSpeech();
  const deeds = [...DEEDS, "unchanged"] as const;
  return (
    <Table name={say("import.found")} heads={[say("import.part"), ...deeds.map((deed) => say(`import_deed.${deed}`))]}>
      {PARTS.map((part) => (
        <tr key={part} data-part={part}>
          <th scope="row">{say(`import_part.${part}`)}</th>
          {deeds.map((deed) => (
            <td key={deed}>{outcome[part][deed]}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

interface DetailsProps {
  part: (typeof PARTS)[number];
  deed: (typeof DEEDS)[number];
  outcome: Outcome;
}

function Details({ part, deed, outcome }: DetailsProps) {
  const { say, of } = useSpeech();
  const things = outcome.details[part]?.[deed] ?? [];
  const n = outcome[part][deed];
  if (n === 0) return null;
  return (
    <details className="things">
      <summary>
        {say("import.details", { part: say(`import_part.${part}`), deed: say(`import_deed.${deed}`), n })}
      </summary>
      <ul>
        {things.slice(0, MANY).map((thing) => (
          <li key={thing.key}>
            {of(thing.name) || thing.key}
            {thing.fields.map((field) => (
              <div key={field.field} className="faint">
                <FieldName field={field.field} /> {shown(field.old)} → {shown(field.new)}
              </div>
            ))}
          </li>
        ))}
      </ul>
      {n > MANY && <p>{say("import.more", { n: n - Math.min(MANY, things.length) })}</p>}
    </details>
  );
}

function Conflicts({ counts }: { counts: Outcome["conflicts"] }) {
  const { say } = useSpeech();
  const found = Object.entries(counts).filter(([, n]) => n > 0);
  if (found.length === 0) return <p>{say("import.no_conflicts")}</p>;
  return (
    <ul>
      {found.map(([kind, n]) => (
        <li key={kind} data-kind={kind}>
          {say(`kind.${kind}` as Key)} <b>{n}</b>
        </li>
      ))}
    </ul>
  );
}

function BothChanged({ outcome }: { outcome: Outcome }) {
  const { say, of } = useSpeech();
  const names = new Map(
    PARTS.flatMap((part) => outcome.details[part]?.changed ?? []).map((thing) => [thing.key, of(thing.name)]),
  );
  const heads = ["import.part", "import.field", "import.last", "import.theirs", "import.ours"] as const;
  const title = say("import.both", { n: outcome.both_changed.length });
  return (
    <>
      <h3>{title}</h3>
      <p>{say("import.both_told")}</p>
      <Table name={title} heads={[...heads.map((head) => say(head))]}>
        {outcome.both_changed.map((each) => (
          <tr key={`${each.kind} ${each.key} ${each.field}`}>
            <td>{names.get(each.key) ?? `${say(`import_part.${each.kind}` as Key)} ${each.key}`}</td>
            <td>
              <FieldName field={each.field} />
            </td>
            <td>{shown(each.last)}</td>
            <td>{shown(each.theirs)}</td>
            <td>{shown(each.ours)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** What a field of a programme is called, such as `title.en`. */
function FieldName({ field }: { field: string }) {
  const word = useWord();
  const [name = "", ...within] = field.split(".");
  return <b>{[word("import_field", name), ...within.map((each) => word("import", each))].join(" · ")}</b>;
}
