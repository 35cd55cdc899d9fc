/** The test bench: rules tried on candidates that one makes up, and on the examples that stand with the rules. */

import { Button, Input } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Mark } from "../parts/tag";
import { useRuleLanguage } from "./queries";
import { NOBODY, PLAIN, type Tried, WORDED } from "./rules";
import { AnswerTag, VerdictInWords } from "./verdict";

interface Props {
  candidates: readonly Tried[];
  change: (candidates: Tried[]) => void;
  trials: readonly Schemas["TrialOut"][] | undefined;
}

const ANSWERS = ["eligible", "not_eligible", "unknown"] as const;

export function Bench({ candidates, change, trials }: Props) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(0);
  return (
    <>
      <p>{say("eligibility.bench_says")}</p>
      <div className="bench">
        {candidates.map((candidate, index) => {
          const trial = trials?.[index];
          const name = candidate.name || say("eligibility.candidate_n", { n: index + 1 });
          return (
            <details
              key={index}
              open={open === index}
              onToggle={({ currentTarget }) => {
                if (currentTarget.open) setOpen(index);
                else if (open === index) setOpen(-1);
              }}
            >
              <summary>
                {name} {trial && <AnswerTag answer={trial.verdict.answer} />}
                {trial?.differs && <Mark kind="bars">{say("eligibility.differs")}</Mark>}
              </summary>
              {open === index && (
                <div className="tried">
                  <CandidateFields
                    candidate={candidate}
                    name={name}
                    change={(changed) => change(candidates.map((each, at) => (at === index ? changed : each)))}
                  />
                  <div>
                    {trial && <VerdictInWords verdict={trial.verdict} />}
                    <Button
                      aria-label={say("parts.take_out", { name })}
                      onClick={() => change(candidates.filter((_, at) => at !== index))}
                    >
                      {say("parts.take_away")}
                    </Button>
                  </div>
                </div>
              )}
            </details>
          );
        })}
      </div>
      <div className="acts">
        <Button
          onClick={() => {
            change([...candidates, NOBODY]);
            setOpen(candidates.length);
          }}
        >
          {say("eligibility.add_candidate")}
        </Button>
      </div>
    </>
  );
}

interface FieldsProps {
  candidate: Tried;
  name: string;
  change: (candidate: Tried) => void;
}

function CandidateFields({ candidate, name, change }: FieldsProps) {
  const { say, of, language } = useSpeech();
  const { data } = useRuleLanguage();
  const fact = (key: string) => of(data?.names[key]) || key;
  const put = (key: string, value: string) => change({ ...candidate, plain: { ...candidate.plain, [key]: value } });
  const sound = isSound(candidate.more);
  return (
    <div className="facts-of" role="group" aria-label={name} lang={language}>
      <label>
        {say("eligibility.name")}
        <Input
          value={candidate.name}
          maxLength={200}
          onChange={({ target }) => change({ ...candidate, name: target.value })}
        />
      </label>
      <label>
        {fact("born_on")}
        <Input
          type="date"
          value={candidate.born_on}
          onChange={({ target }) => change({ ...candidate, born_on: target.value })}
        />
      </label>
      {WORDED.map((key) => (
        <label key={key}>
          {fact(key)}
          <OneOf
            aria-label={fact(key)}
            value={candidate.plain[key] ?? ""}
            none={say("eligibility.not_known")}
            options={Object.entries(data?.words[key] ?? {}).map(([word, text]) => [word, of(text)] as const)}
            onChange={(value) => put(key, value)}
          />
        </label>
      ))}
      {PLAIN.map((key) => (
        <label key={key}>
          {fact(key)}
          <Input value={candidate.plain[key] ?? ""} maxLength={80} onChange={({ target }) => put(key, target.value)} />
        </label>
      ))}
      <label className="across">
        {say("eligibility.more")}
        <Input.TextArea
          rows={3}
          value={candidate.more}
          status={sound ? "" : "error"}
          spellCheck={false}
          onChange={({ target }) => change({ ...candidate, more: target.value })}
        />
        <small className={sound ? "faint" : "warned"}>
          {say(sound ? "eligibility.more_help" : "eligibility.more_unsound")}
        </small>
      </label>
      <label>
        {say("eligibility.expected")}
        <OneOf
          aria-label={say("eligibility.expected")}
          value={candidate.expected}
          none={say("eligibility.nothing_expected")}
          options={ANSWERS.map((answer) => [answer, say(`answer.${answer}`)] as const)}
          onChange={(expected) => change({ ...candidate, expected })}
        />
      </label>
    </div>
  );
}

function isSound(text: string): boolean {
  try {
    const value = JSON.parse(text || "{}") as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
