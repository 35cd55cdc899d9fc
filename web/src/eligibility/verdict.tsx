/** What rules say of a candidate: the answer of each, the clause, what was compared, and what would satisfy it. */

import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { type Verdict, useRuleLanguage } from "./queries";
import "./eligibility.css";

const KINDS = { eligible: "fine", not_eligible: "bars", unknown: "warns" } as const;
const SIGNS = { eligible: "✓", not_eligible: "✗", unknown: "?" } as const;

export function AnswerTag({ answer }: { answer: Schemas["Answer"] }) {
  const word = useWord();
  return (
    <Mark kind={KINDS[answer]}>
      <span aria-hidden="true">{SIGNS[answer]} </span>
      {word("answer", answer)}
    </Mark>
  );
}

interface Props {
  verdict: Verdict;
  /** Whether rules that are met are left out. */
  brief?: boolean;
  /** What a field of the form is called. */
  fieldNamed?: (name: string) => string;
}

export function VerdictInWords({ verdict, brief = false, fieldNamed }: Props) {
  const { say } = useSpeech();
  const shown = brief ? verdict.rules.filter(({ answer }) => answer !== "eligible") : verdict.rules;
  return (
    <div className="verdict">
      <p>
        <AnswerTag answer={verdict.answer} />
        {verdict.provisional && <small className="warned">{say("eligibility.provisional")}</small>}
      </p>
      <ol>
        {shown.map((rule) => (
          <RuleAnswer key={rule.key} rule={rule} fieldNamed={fieldNamed} />
        ))}
      </ol>
      {brief && shown.length < verdict.rules.length && (
        <p className="faint">{say("eligibility.others_met", { n: verdict.rules.length - shown.length })}</p>
      )}
    </div>
  );
}

function RuleAnswer({ rule, fieldNamed }: { rule: Schemas["RuleAnswerOut"]; fieldNamed: Props["fieldNamed"] }) {
  const { say, of } = useSpeech();
  const factNamed = useFactName(fieldNamed);
  const place = [of(rule.document), of(rule.article)].filter(Boolean).join(" ");
  const missing = [...new Set(rule.findings.flatMap((finding) => finding.missing))];
  return (
    <li data-rule={rule.key}>
      <AnswerTag answer={rule.answer} /> <b>{of(rule.clause)}</b> <small className="faint">{place}</small>
      {rule.cleared && <div>{say("eligibility.cleared", { exception: rule.exception ?? "" })}</div>}
      <ul>
        {rule.findings.map((finding, index) => (
          <li key={index}>
            {say("eligibility.finding", {
              fact: of(finding.fact),
              value: of(finding.value),
              needed: of(finding.needed),
            })}
            {finding.provisional && <small className="warned"> {say("eligibility.provisional")}</small>}
          </li>
        ))}
      </ul>
      {rule.answer === "not_eligible" && of(rule.needed) && (
        <div>{say("eligibility.needed", { needed: of(rule.needed) })}</div>
      )}
      {rule.answer === "unknown" && missing.length > 0 && (
        <div className="warned">
          {say("eligibility.missing", { facts: missing.map(factNamed).join(say("awards.comma")) })}
        </div>
      )}
    </li>
  );
}

/** Return what a fact, or a field of the form, is called that an answer says is missing. */
function useFactName(fieldNamed: Props["fieldNamed"]): (pointer: string) => string {
  const { of } = useSpeech();
  const { data } = useRuleLanguage();
  return (pointer) => {
    const field = pointer.replace(/^form\//, "");
    if (field !== pointer) return fieldNamed?.(field) ?? field;
    return of(data?.names[pointer]) || pointer;
  };
}
