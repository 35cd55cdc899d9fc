/** Rules at work: written as JSON, read in plain words in both languages, tried on candidates while they are written. */

import { Alert, Button, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Problem, type Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { JsonEditor } from "../json/editor";
import { parsed, tidy } from "../json/tidy";
import { LeaveGuard } from "../parts/entry";
import { Table } from "../parts/table";
import { Bench } from "./bench";
import { type Rules, useRuleLanguage, useTrials } from "./queries";
import { candidateOf, examplesOf, type Tried } from "./rules";

interface Props {
  standing: Schemas["EligibilityOut"];
  /** Keep the rules; nothing, where they may not be changed here. Returns what stands then, or nothing where it was not sent. */
  save?: ((rules: Rules, version: number) => Promise<Schemas["EligibilityOut"] | null>) | undefined;
  submit: string;
}

/** What a set of rules begins with. */
const NO_RULES = { rules: [], reads: {}, examples: [] };

/** Milliseconds without a key after which what is written is tried. */
const PAUSE = 400;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function RulesDesk({ standing, save, submit }: Props) {
  const { say, of, language } = useSpeech();
  const rules = useRuleLanguage();
  const [text, setText] = useState(() => tidy(standing.rules ?? NO_RULES));
  const [saved, setSaved] = useState(standing);
  const [error, setError] = useState<unknown>();
  const [state, setState] = useState<"" | "changed" | "sending" | "saved">("");
  const [candidates, setCandidates] = useState<Tried[]>(() => examplesOf(standing.rules, language));
  const settled = useSettled(text);
  const sound = parsed(settled);
  const tried = useTrials("value" in sound ? sound.value : undefined, useSettled(candidates).map(candidateOf));
  if (rules.error) return <Failure error={rules.error} />;
  if (!rules.data) return <Skeleton active />;
  const refused = error instanceof Problem && error.fields.length > 0 ? error : tried.data?.refused;
  const faults = (refused?.fields ?? []).map(({ pointer, message }) => ({
    pointer: pointer.replace(/^\/body/, "").replace(/^\/rules(?=\/(rules|reads|examples))/, ""),
    message,
  }));
  const trials = tried.data?.trials;
  const send = async () => {
    const whole = parsed(text);
    if (!save || !("value" in whole)) return;
    setState("sending");
    setError(undefined);
    try {
      const told = await save(whole.value as Rules, saved.version);
      if (told) setSaved(told);
      setState(told ? "saved" : "changed");
    } catch (caught) {
      setError(caught);
      setState("changed");
    }
  };
  const stale = error instanceof Problem && error.status === 412;
  return (
    <>
      <JsonEditor
        label={say("eligibility.rules")}
        value={text}
        schema={rules.data.rules}
        faults={faults}
        onChange={(changed) => {
          setText(changed);
          setError(undefined);
          setState("changed");
        }}
      />
      {(trials?.warnings.length ?? 0) > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say("eligibility.warnings")}
          description={
            <ul className="refusals">
              {trials?.warnings.map((each, index) => (
                <li key={index}>
                  <code>{each.pointer}</code> {of(each.words)}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {error !== undefined &&
        (stale ? <Alert type="warning" showIcon title={say("parts.stale")} /> : <Failure error={error} />)}
      {save && (
        <div className="acts">
          <Button type="primary" loading={state === "sending"} onClick={() => void send()}>
            {submit}
          </Button>
          <span role="status">{state === "saved" && say("parts.saved")}</span>
        </div>
      )}
      <section className="part">
        <h2>{say("eligibility.in_words")}</h2>
        <p className="faint">{say("eligibility.in_words_says")}</p>
        {trials && trials.words.length > 0 && (
          <Table name={say("eligibility.in_words")} heads={[say("eligibility.rule"), "中文", "English"]}>
            {trials.words.map((rule) => (
              <tr key={rule.key}>
                <td>
                  <code>{rule.key}</code>
                </td>
                <td lang="zh">{rule.words.zh}</td>
                <td lang="en">{rule.words.en}</td>
              </tr>
            ))}
          </Table>
        )}
        {trials?.words.length === 0 && <p>{say("eligibility.no_rules")}</p>}
      </section>
      <section className="part">
        <h2>{say("eligibility.bench")}</h2>
        <Bench candidates={candidates} change={setCandidates} trials={trials?.trials} />
      </section>
      <LeaveGuard changed={state === "changed"} />
    </>
  );
}
