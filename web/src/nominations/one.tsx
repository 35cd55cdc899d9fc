/** One nomination: its form that saves itself, what it lacks, who has a part in it, and handing it in. */

import { Select, Skeleton } from "antd";
import { useMemo } from "react";
import { useParams } from "react-router";
import { Papers } from "../attachments/papers";
import { AwardsNavigation } from "../awards/frame";
import { type Category, schemaOf } from "../awards/form";
import { textOf } from "../awards/shown";
import { TimeLeft } from "../cycles/left";
import { type Cycle, useCycle, useCycleDefinition } from "../cycles/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { OneOf } from "../parts/choice";
import { LeaveGuard } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import type { Schemas } from "../api/client";
import { Printing } from "../prints/printing";
import { Clashes } from "./clashes";
import { faultsOf, idOf } from "./fields";
import { FormParts } from "./form";
import { Handing } from "./handing";
import { Eligible, Lacks } from "./lacks";
import { Notice } from "./notice";
import { OwnConsent } from "./own";
import { StateTag } from "./page";
import { PartsOf } from "./people";
import { type Nomination, useNomination, useReadiness } from "./queries";
import { Returned, useRemarks } from "./returned";
import { mayWrite } from "./rules";
import { type Draft, useDraft } from "./saving";
import { SavingState } from "./saved";
import "./nominations.css";

export function NominationPage() {
  const { nomination: id = "" } = useParams();
  const nomination = useNomination(id);
  const cycle = useCycle(nomination.data?.cycle_id ?? "");
  const definition = useCycleDefinition(nomination.data?.cycle_id ?? "");
  const error = nomination.error ?? (nomination.data && (cycle.error ?? definition.error));
  if (error) return <Failure error={error} />;
  if (!nomination.data || !cycle.data || !definition.data) return <Skeleton active />;
  const categories = definition.data.categories as unknown as Category[];
  const category = categories.find(({ key }) => key === nomination.data.category);
  const groups = definition.data.groups as unknown as Schemas["KindIn"][];
  return (
    <>
      <AwardsNavigation />
      {category?.form && nomination.data.content ? (
        <Writing
          key={id}
          nomination={nomination.data}
          cycle={cycle.data}
          category={category}
          groups={groups}
          noticeDays={definition.data.unit_notice_days ?? 0}
        />
      ) : (
        <Known nomination={nomination.data} cycle={cycle.data} />
      )}
    </>
  );
}

/** What a unit above knows of a nomination: its number and state. */
function Known({ nomination, cycle }: { nomination: Nomination; cycle: Cycle }) {
  const { say, of } = useSpeech();
  return (
    <>
      <Heads title={nomination.number ?? say("nominations.unnamed")}>
        <StateTag state={nomination.state} />
      </Heads>
      <Facts
        facts={[
          [say("cycles.title"), of(cycle.name)],
          [say("nominations.unit"), <OrganisationName key="unit" id={nomination.unit_id} />],
        ]}
      />
      <p className="faint">{say("nominations.not_read")}</p>
    </>
  );
}

interface WritingProps {
  nomination: Nomination;
  cycle: Cycle;
  category: Category;
  groups: readonly Schemas["KindIn"][];
  noticeDays: number;
}

function Writing({ nomination: start, cycle, category, groups, noticeDays }: WritingProps) {
  const { say, of } = useSpeech();
  const schema = useMemo(() => (category.form ? schemaOf(category.form) : {}), [category.form]);
  const draft = useDraft(start, schema);
  const { nomination } = draft;
  const readiness = useReadiness(nomination.id, nomination.version);
  const lacks = useMemo(() => readiness.data?.lacks ?? [], [readiness.data]);
  const faults = useMemo(() => shownFaults(lacks, draft.error?.fields ?? [], of), [lacks, draft.error, of]);
  const remarks = useRemarks(nomination);
  const writes = mayWrite(nomination.part, nomination.state);
  return (
    <>
      <Heads title={nomination.name || say("nominations.unnamed")}>
        <StateTag state={nomination.state} />
        {nomination.number && <b>{nomination.number}</b>}
      </Heads>
      <p className="faint">
        {of(cycle.name)} · {of(textOf(category.name))} · <OrganisationName id={nomination.unit_id} />
      </p>
      <TimeLeft cycle={cycle.id} unit={nomination.unit_id} nomination={nomination.id} />
      {nomination.state === "returned" && <Returned nomination={nomination} form={category.form ?? null} />}
      <div className="nomination">
        <div>
          {draft.clashes.length > 0 && <Clashes draft={draft} form={category.form ?? null} />}
          <Kinds draft={draft} category={category} groups={groups} readOnly={!writes} />
          {category.form && (
            <FormParts form={category.form} draft={draft} faults={faults} remarks={remarks} readOnly={!writes} />
          )}
          <Papers nomination={nomination} writes={writes} />
          {nomination.part !== "candidate" && <PartsOf nomination={nomination} writes={writes} />}
          {noticeDays > 0 && <Notice nomination={nomination} writes={writes && nomination.part === "unit"} />}
          <Printing draft={draft} writes={writes} />
          {nomination.own && <OwnConsent draft={draft} writes={writes} />}
        </div>
        <aside aria-label={say("nominations.aside")}>
          {writes && <SavingState draft={draft} />}
          <Lacks readiness={readiness.data} form={category.form ?? null} />
          <Handing draft={draft} readiness={readiness.data} writes={writes} />
          <Eligible readiness={readiness.data} form={category.form ?? null} />
        </aside>
      </div>
      <LeaveGuard changed={draft.changed && draft.state !== "saved"} />
    </>
  );
}

/** Return what is wrong with fields: what was refused of a save, and of what is lacking what is more than empty. */
function shownFaults(
  lacks: readonly Schemas["LackOut"][],
  refused: readonly { pointer: string; message: string }[],
  of: (text: Schemas["Text-Output"]) => string,
): ReadonlyMap<string, string> {
  const all = faultsOf(
    lacks.filter(({ kind, code }) => kind === "field" && code !== "required"),
    of,
  );
  for (const { pointer, message } of refused) all.set(pointer.replace(/^\/body/, ""), message);
  return all;
}

interface KindsProps {
  draft: Draft;
  category: Category;
  groups: readonly Schemas["KindIn"][];
  readOnly: boolean;
}

/** What kind of candidate it is, and for which groups it stands: said beside the form, and saved at once. */
function Kinds({ draft, category, groups, readOnly }: KindsProps) {
  const { say, of } = useSpeech();
  const { nomination } = draft;
  const kinds = category.candidate_kinds ?? [];
  if (kinds.length === 0 && groups.length === 0) return null;
  return (
    <section className="form-part">
      <h2>{say("nominations.kinds")}</h2>
      <div className="columns-of">
        {kinds.length > 0 && (
          <div className="field">
            <label htmlFor={idOf("/candidate_kind")}>
              {say("nominations.candidate_kind")}{" "}
              <span aria-hidden="true" className="mark">
                *
              </span>
            </label>
            <OneOf
              id={idOf("/candidate_kind")}
              aria-required
              disabled={readOnly}
              value={nomination.candidate_kind}
              none={say("form.choose")}
              options={kinds.map(({ key, name }) => [key, of(textOf(name))] as const)}
              onChange={(candidate_kind) => void draft.save({ candidate_kind })}
            />
          </div>
        )}
        {groups.length > 0 && (
          <div className="field">
            <label htmlFor={idOf("/groups")}>{say("nominations.groups")}</label>
            <Select
              id={idOf("/groups")}
              mode="multiple"
              disabled={readOnly || nomination.route === "code"}
              value={nomination.groups}
              options={groups.map(({ key, name }) => ({ value: key, label: of(textOf(name)) }))}
              onChange={(chosen) => void draft.save({ groups: chosen })}
            />
          </div>
        )}
      </div>
    </section>
  );
}
