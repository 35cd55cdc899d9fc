/** The definition of a programme: shown in words, and its parts changed as JSON. */

import { Alert, Button } from "antd";
import { useState } from "react";
import { api, ifMatch, Problem, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import type { JsonSchema } from "../json/completion";
import { type Fault, JsonEditor } from "../json/editor";
import { useApiSchema } from "../json/schemas";
import { parsed, tidy } from "../json/tidy";
import { OneOf } from "../parts/choice";
import { LeaveGuard } from "../parts/entry";
import { Heads } from "../parts/heads";
import { useWord } from "../parts/word";
import { DefinitionInWords } from "./definition";
import { useRenewProgrammes, useThisProgramme } from "./queries";

export type Parts = Schemas["DefinitionPatch"];
export type Part = keyof Parts;

const OF_CYCLES: readonly Part[] = [
  "categories",
  "routes",
  "unit_notice_days",
  "groups",
  "limits",
  "quotas",
  "objection_window",
];
const OF_PROGRAMMES: readonly Part[] = [...OF_CYCLES, "stages"];

export function DefinitionPage() {
  const { say, of } = useSpeech();
  const { programme, definition } = useThisProgramme();
  const renew = useRenewProgrammes();
  if (!definition) return <p>{say("awards.no_definition")}</p>;
  const save = async (body: Parts, version: number) => {
    const params = { path: { ref: programme.id }, header: ifMatch(version) };
    const changed = await told(api.PATCH("/api/awards/programmes/{ref}/definition", { params, body }));
    await renew();
    return changed;
  };
  return (
    <>
      <Heads title={`${of(programme.name)} · ${say("awards.definition")}`} />
      <DefinitionInWords definition={definition} />
      <section className="part">
        <h2>{say("awards.change_as_json")}</h2>
        <p>{say("awards.json_help")}</p>
        <PartsEditor definition={definition} save={save} />
      </section>
    </>
  );
}

interface Props {
  definition: Readonly<Record<string, unknown>> & { version: number };
  /** Send a part that was changed; returns the version that stands then. */
  save: (part: Parts, version: number) => Promise<{ version: number }>;
}

/** What is wrong with a part that was sent, by where it stands in the part. */
function faultsOf(problem: unknown, part: Part): Fault[] {
  if (!(problem instanceof Problem)) return [];
  return problem.fields.map(({ pointer, message }) => ({
    pointer: pointer
      .replace(/^\/body/, "")
      .replace(/^\/changes/, "")
      .replace(`/${part}`, ""),
    message,
  }));
}

/** A part that was changed and is not saved: what is written, and by which version. */
interface Unsaved {
  text: string;
  version: number;
}

/** One part of a definition at a time, as JSON; what is wrong is said at its place, and what is not saved is kept. */
export function PartsEditor({ definition, save }: Props) {
  const { say } = useSpeech();
  const word = useWord();
  const all = "stages" in definition ? OF_PROGRAMMES : OF_CYCLES;
  const [part, setPart] = useState<Part>("categories");
  const [unsaved, setUnsaved] = useState<Partial<Record<Part, Unsaved>>>({});
  const [error, setError] = useState<unknown>();
  const [state, setState] = useState<"" | "sending" | "saved">("");
  const schema = useSchemaOf(part);
  const own = unsaved[part];
  const text = own?.text ?? tidy(definition[part] ?? null);
  const sound = parsed(text);
  const waiting = all.filter((each) => unsaved[each] !== undefined);
  const choose = (chosen: string) => {
    setPart(chosen as Part);
    setError(undefined);
    setState("");
  };
  const drop = () => {
    setUnsaved((before) => Object.fromEntries(Object.entries(before).filter(([each]) => each !== part)));
    setError(undefined);
  };
  const send = async () => {
    if (!("value" in sound)) return;
    const before = own?.version ?? definition.version;
    setState("sending");
    setError(undefined);
    try {
      const { version } = await save({ [part]: sound.value }, before);
      const kept = version === before;
      // Other parts rest on what was saved just now; nobody else has changed anything in between.
      setUnsaved((others) => {
        const entries = Object.entries(others).filter(([each]) => kept || each !== part);
        return Object.fromEntries(entries.map(([each, at]) => [each, at.version === before ? { ...at, version } : at]));
      });
      setState(kept ? "" : "saved");
    } catch (caught) {
      setError(caught);
      setState("");
    }
  };
  const stale = error instanceof Problem && error.status === 412;
  return (
    <>
      <div className="filters">
        <label>
          {say("awards.part")}
          <OneOf
            aria-label={say("awards.part")}
            value={part}
            onChange={choose}
            options={all.map((each) => [each, word("awards.field", each)] as const)}
          />
        </label>
      </div>
      <JsonEditor
        label={word("awards.field", part)}
        value={text}
        onChange={(changed) => {
          setUnsaved((before) => ({
            ...before,
            [part]: { text: changed, version: before[part]?.version ?? definition.version },
          }));
          setState("");
        }}
        schema={schema}
        faults={faultsOf(error, part)}
      />
      {stale && (
        <Alert
          type="warning"
          showIcon
          title={say("parts.stale")}
          action={<Button onClick={drop}>{say("parts.take_theirs")}</Button>}
        />
      )}
      {error !== undefined && !stale && <Failure error={error} />}
      <div className="acts">
        <Button type="primary" loading={state === "sending"} disabled={!("value" in sound)} onClick={() => void send()}>
          {say("parts.save")}
        </Button>
        {own && <Button onClick={drop}>{say("awards.drop_changes")}</Button>}
        <span role="status">
          {state === "saved" && say("parts.saved")}
          {waiting.length > 0 && (
            <span className="warned">
              {say("awards.unsaved", {
                parts: waiting.map((each) => word("awards.field", each)).join(say("awards.comma")),
              })}
            </span>
          )}
        </span>
      </div>
      <LeaveGuard changed={waiting.length > 0} />
    </>
  );
}

/** Return the schema of one part of a definition. */
function useSchemaOf(part: Part): JsonSchema | undefined {
  const whole = useApiSchema("DefinitionPatch");
  const own = whole?.properties?.[part];
  return own && { ...own, $defs: whole.$defs ?? {} };
}
