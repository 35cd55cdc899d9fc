/** One nomination on the workbench: what was handed in beside what looks amiss, who looks the same, and what is said of it. */

import { Alert, Button, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { type Category, categoryName } from "../awards/form";
import { textOf } from "../awards/shown";
import type { Schemas } from "../api/client";
import { type Cycle, useCycleDefinition, useThisCycle } from "../cycles/queries";
import { AnswerTag, VerdictInWords } from "../eligibility/verdict";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { goTo, useFieldNames } from "../nominations/lacks";
import { Notice } from "../nominations/notice";
import { PartsOf } from "../nominations/people";
import { useNomination } from "../nominations/queries";
import { OrganisationName } from "../organisations/named";
import { Moment } from "../parts/moment";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { useFilters } from "../parts/lists";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { Deciding, Hands, Opinions } from "./deciding";
import { Papers } from "./papers";
import { type Check, FILTERS, useCheck, useReasons, useRound, useStatistics } from "./queries";
import { neighboursOf, outcomesOf, stepsOf } from "./rules";
import { useRemarks } from "./remarks";
import { Clock, Content, StandingTag } from "./shown";
import "../nominations/nominations.css";
import "./checks.css";

export function CheckPage() {
  const { nomination: id = "" } = useParams();
  const { cycle } = useThisCycle();
  const check = useCheck(id);
  const nomination = useNomination(id);
  const definition = useCycleDefinition(cycle.id);
  const reasons = useReasons(cycle.programme_id);
  const error = check.error ?? nomination.error ?? definition.error ?? reasons.error;
  if (error) return <Failure error={error} />;
  if (!check.data || !nomination.data || !definition.data || !reasons.data) return <Skeleton active />;
  const categories = definition.data.categories as unknown as Category[];
  return (
    <Workbench
      key={id}
      cycle={cycle}
      check={check.data}
      nomination={nomination.data}
      categories={categories}
      groups={definition.data.groups as unknown as Schemas["KindIn"][] | null}
      noticeDays={definition.data.unit_notice_days ?? 0}
      reasons={reasons.data.reasons}
    />
  );
}

interface Props {
  cycle: Cycle;
  check: Check;
  nomination: Schemas["NominationOut"];
  categories: readonly Category[];
  groups: readonly Schemas["KindIn"][] | null;
  noticeDays: number;
  reasons: Schemas["CheckReasonOut"][];
}

function Workbench({ cycle, check, nomination, categories, groups, noticeDays, reasons }: Props) {
  const { say, of } = useSpeech();
  const word = useWord();
  const category = categories.find(({ key }) => key === check.category);
  const form = category?.form ?? null;
  const named = usePlaceName(form);
  const fieldNamed = useFieldNames(form);
  const [remarks, remark] = useRemarks(check.nomination_id, check.turn);
  const [said, setSaid] = useState<string>();
  const { data: statistics } = useStatistics(cycle.id);
  const kinds = [
    category?.candidate_kinds?.find(({ key }) => key === nomination.candidate_kind),
    ...(groups ?? []).filter(({ key }) => nomination.groups.includes(key)),
  ].flatMap((each) => (each ? [of(textOf(each.name))] : []));
  return (
    <>
      <Heads title={check.name || check.number}>
        <StandingTag standing={check.standing} />
        {check.correct_until && <Clock until={check.correct_until} ahead={statistics?.ahead ?? 0} />}
        <b>{check.number}</b>
      </Heads>
      <Neighbours cycle={cycle} id={check.nomination_id} />
      {said && (
        <Alert
          type="success"
          showIcon
          title={say("checks.said", { standing: word("standing", said) })}
          action={<NextOne cycle={cycle} id={check.nomination_id} />}
        />
      )}
      <div className="nomination">
        <div>
          <Facts
            facts={[
              [say("nominations.unit"), <OrganisationName key="unit" id={check.unit_id} />],
              [say("nominations.category"), [of(categoryName(categories, check.category)), ...kinds].join(" · ")],
              [say("awards.field.routes"), word("route", nomination.route)],
              [
                say("checks.handed_in"),
                <span key="at">
                  <Moment at={check.submitted_at} />
                  {check.turn > 1 && ` · ${say("checks.turn", { n: check.turn })}`}
                </span>,
              ],
            ]}
          />
          {form && (
            <Content
              nomination={check.nomination_id}
              form={form}
              content={nomination.content ?? {}}
              remarks={remarks}
              remark={outcomesOf(check.standing).length > 0 ? remark : undefined}
            />
          )}
          <Papers nomination={nomination} category={category} />
          <PartsOf nomination={nomination} writes={false} />
          {noticeDays > 0 && <Notice nomination={nomination} writes={false} />}
        </div>
        <aside aria-label={say("checks.aside")}>
          <Hands check={check} />
          <Findings check={check} named={named} />
          <Same check={check} cycle={cycle} />
          <Deciding check={check} reasons={reasons} remarks={remarks} named={named} said={setSaid} />
          <section className="panel" aria-label={say("awards.rules")} id="rules">
            <h2>{say("awards.rules")}</h2>
            <VerdictInWords verdict={check.eligibility} brief fieldNamed={fieldNamed} />
          </section>
          <Opinions check={check} named={named} />
        </aside>
      </div>
    </>
  );
}

/** Return what a place in a form is called, with the number of its row. */
function usePlaceName(form: Category["form"]): (pointer: string) => string {
  const fieldNamed = useFieldNames(form ?? null);
  return (pointer) => {
    const { field, row, column } = stepsOf(pointer);
    const number = row === undefined ? "" : ` ${row}`;
    return `${fieldNamed(field)}${number}${column ? ` · ${fieldNamed(`${field}/${column}`)}` : ""}`;
  };
}

function Findings({ check, named }: { check: Check; named: (pointer: string) => string }) {
  const { say, of } = useSpeech();
  return (
    <section className="panel" aria-label={say("checks.findings")}>
      <h2>{say("checks.findings")}</h2>
      <p>
        <a href="#rules">{say("awards.rules")}</a> <AnswerTag answer={check.eligibility.answer} />
      </p>
      {check.findings.length === 0 && <p>{say("checks.no_findings")}</p>}
      <ul>
        {check.findings.map((each) => (
          <li key={each.pointer + each.code}>
            <Button type="link" size="small" onClick={() => goTo(each.pointer)}>
              {named(each.pointer)}
            </Button>{" "}
            <span className="warned">{of(each.words)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Others that look like the same person or work. */
function Same({ check, cycle }: { check: Check; cycle: Cycle }) {
  const { say } = useSpeech();
  const word = useWord();
  return (
    <section className="panel" aria-label={say("checks.same")}>
      <h2>{say("checks.same")}</h2>
      {check.same.length === 0 && <p>{say("checks.no_same")}</p>}
      <ul>
        {check.same.map((each) => (
          <li key={each.nomination_id}>
            <Link to={`/awards/cycles/${each.cycle_id}/checks/${each.nomination_id}`}>
              {each.name} {each.number}
            </Link>
            <div>
              <Mark kind={each.by === "identity" ? "bars" : "warns"}>{word("same_by", each.by)}</Mark>
              {each.by === "name" && (
                <>
                  {each.same_birth !== null && (
                    <Mark>{say(each.same_birth ? "checks.same_birth" : "checks.other_birth")}</Mark>
                  )}
                  {each.same_workplace !== null && (
                    <Mark>{say(each.same_workplace ? "checks.same_workplace" : "checks.other_workplace")}</Mark>
                  )}
                </>
              )}
            </div>
            <div className="faint">
              <OrganisationName id={each.unit_id} /> · {word("nomination_state", each.state)}
              {each.cycle_id !== cycle.id && ` · ${say("checks.other_cycle")}`}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useNeighbours(cycle: Cycle, id: string) {
  const [filters] = useFilters(FILTERS);
  const { data = [] } = useRound(cycle.id, filters, id);
  return { ...neighboursOf(data, id), total: data.length };
}

/** The ways to what stands before and behind in the queue that this was opened from: by J and K, too. */
function Neighbours({ cycle, id }: { cycle: Cycle; id: string }) {
  const { say } = useSpeech();
  const go = useNavigate();
  const { search } = useLocation();
  const { before, after, place, total } = useNeighbours(cycle, id);
  const here = `/awards/cycles/${cycle.slug}/checks`;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const elsewhere =
        event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog]");
      const to = { j: after, k: before }[event.key];
      if (!to || elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      void go(`${here}/${to}${search}`);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <nav aria-label={say("checks.neighbours")} className="files neighbours">
      <Link to={`${here}${search}`}>{say("checks.queue")}</Link>
      <Button disabled={!before} onClick={() => void go(`${here}/${before ?? ""}${search}`)} title="K">
        {say("checks.before")}
      </Button>
      <Button disabled={!after} onClick={() => void go(`${here}/${after ?? ""}${search}`)} title="J">
        {say("checks.after")}
      </Button>
      {place >= 0 && <span className="faint">{`${place + 1} / ${total}`}</span>}
    </nav>
  );
}

function NextOne({ cycle, id }: { cycle: Cycle; id: string }) {
  const { say } = useSpeech();
  const { search } = useLocation();
  const { after } = useNeighbours(cycle, id);
  if (!after) return <Link to={`/awards/cycles/${cycle.slug}/checks${search}`}>{say("checks.queue")}</Link>;
  return <Link to={`/awards/cycles/${cycle.slug}/checks/${after}${search}`}>{say("checks.after")}</Link>;
}
