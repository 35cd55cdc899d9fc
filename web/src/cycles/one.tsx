/** One cycle: how far it has come, what it lacks, how much time is left, what may become of it, and what was done. */

import { Alert, Form, Input } from "antd";
import { Link, useNavigate } from "react-router";
import type { Category } from "../awards/form";
import { useGap } from "../awards/shown";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Confirm } from "../parts/confirm";
import { Deeds } from "../audit/deeds";
import { Moment } from "../parts/moment";
import { Both } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Go } from "../parts/go";
import { Heads } from "../parts/heads";
import { numberOf, written } from "../parts/numbers";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { useWord } from "../parts/word";
import { Funnel } from "../progress/funnel";
import { NO_WORDS } from "../series/rules";
import { TimeLeft } from "./left";
import { CycleState } from "./listed";
import { type Cycle, readCycle, useCycleDefinition, useCycleHistory, useRenewCycles, useThisCycle } from "./queries";
import { Samples } from "./samples";
import { needsReason, type Step, stepsOf, WAY } from "./rules";

export function CyclePage() {
  const { say, of, language } = useSpeech();
  const word = useWord();
  const { cycle, office } = useThisCycle();
  const reason = of(cycle.state_reason);
  return (
    <>
      <Heads title={of(cycle.name)}>
        <CycleState cycle={cycle} />
        {cycle.state !== "draft" && !cycle.rehearsal_of && (
          <a href={`/${language}/calendars/cycles/${cycle.slug}`}>{say("awards.feed")}</a>
        )}
      </Heads>
      {cycle.rehearsal_of && <Alert type="info" showIcon title={say("cycles.rehearsal_says")} />}
      <ol className="progress" aria-label={say("cycles.way")}>
        {WAY.map((phase) => (
          <li key={phase} aria-current={phase === cycle.state ? "step" : undefined}>
            {word("phase", phase)}
          </li>
        ))}
      </ol>
      <p>{word("phase_means", cycle.state)}</p>
      {reason && <p>{say("cycles.because", { reason })}</p>}
      <TimeLeft cycle={cycle.id} />
      {office && cycle.state !== "draft" && <Funnel cycle={cycle} />}
      <Facts
        facts={[
          [
            say("cycles.programme"),
            <Link key="programme" to={`/awards/programmes/${cycle.programme_slug}`}>
              {of(cycle.programme_name)}
            </Link>,
          ],
          [say("cycles.number"), cycle.number],
          [say("cycles.zone"), cycle.zone],
          [say("cycles.opened_at"), cycle.opened_at && <Moment at={cycle.opened_at} />],
          [say("cycles.closed_at"), cycle.closed_at && <Moment at={cycle.closed_at} />],
          [say("cycles.description"), of(cycle.description)],
        ]}
      />
      {office && (
        <>
          {cycle.state === "draft" && <Missing cycle={cycle} />}
          <Steps cycle={cycle} />
          {cycle.rehearsal_of && <Samples cycle={cycle} />}
          <Change cycle={cycle} />
          <Past cycle={cycle} />
        </>
      )}
    </>
  );
}

/** What a draft lacks before it can be opened. */
function Missing({ cycle }: { cycle: Cycle }) {
  const { say } = useSpeech();
  const { data } = useCycleDefinition(cycle.id);
  const gap = useGap((data?.categories ?? []) as unknown as Category[]);
  if (!data) return null;
  return (
    <section className="part">
      <h2>{say("awards.missing")}</h2>
      {data.missing.length === 0 ? (
        <p>{say("cycles.whole")}</p>
      ) : (
        <ul className="gaps">
          {data.missing.map((each) => (
            <li key={`${each.code} ${each.category}`}>{gap(each)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface Params {
  path: { ref: string };
  header: ReturnType<typeof ifMatch>;
}

const TAKE = {
  open: (params: Params) => api.POST("/api/awards/cycles/{ref}/open", { params }),
  close: (params: Params) => api.POST("/api/awards/cycles/{ref}/close", { params }),
  conclude: (params: Params) => api.POST("/api/awards/cycles/{ref}/conclude", { params }),
};

const TAKE_WITH_REASON = {
  reopen: (params: Params, body: Schemas["DeedIn"]) => api.POST("/api/awards/cycles/{ref}/reopen", { params, body }),
  cancel: (params: Params, body: Schemas["DeedIn"]) => api.POST("/api/awards/cycles/{ref}/cancel", { params, body }),
};

function Steps({ cycle }: { cycle: Cycle }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const renew = useRenewCycles();
  const params = { path: { ref: cycle.id }, header: ifMatch(cycle.version) };
  const take = async (step: Exclude<Step, "reopen" | "cancel">) => {
    await told(TAKE[step](params));
    await renew();
  };
  const takeWithReason = async (step: "reopen" | "cancel", body: Schemas["DeedIn"]) => {
    await told(TAKE_WITH_REASON[step](params, body));
    await renew();
  };
  const rehearse = async () => {
    const made = await told(api.POST("/api/awards/cycles/{ref}/rehearsals", { params: { path: { ref: cycle.id } } }));
    await renew();
    return made;
  };
  return (
    <section className="part">
      <h2>{say("cycles.next")}</h2>
      <ul className="cards">
        {stepsOf(cycle.state).map((step, index) => (
          <li key={step} className="strip">
            <span>{word("step_means", step)}</span>
            {needsReason(step) ? (
              <Asking<Schemas["DeedIn"], unknown>
                label={word("step", step)}
                says={word("step_means", step)}
                start={{ reason: NO_WORDS }}
                send={(body) => takeWithReason(step, body)}
              >
                <Both name="reason" label={say("cycles.reason")} rows={2} />
              </Asking>
            ) : (
              <Confirm
                primary={index === 0 && step !== "close"}
                label={word("step", step)}
                question={say("cycles.sure", { step: word("step", step), name: of(cycle.name) })}
                act={() => take(step)}
              >
                {word("step_means", step)}
              </Confirm>
            )}
          </li>
        ))}
        {!cycle.rehearsal_of && (
          <li className="strip">
            <span>{say("cycles.rehearse_means")}</span>
            <Asking<object, Cycle>
              label={say("cycles.rehearse")}
              says={say("cycles.rehearse_means")}
              send={rehearse}
              shows={(made) => (
                <p>
                  {say("cycles.rehearsal_made")}{" "}
                  <Go to={`/awards/cycles/${made.slug}`}>{say("cycles.rehearsal_open")}</Go>
                </p>
              )}
            />
          </li>
        )}
      </ul>
    </section>
  );
}

interface Fields {
  name: Schemas["AwardsText-Input"];
  description: Schemas["AwardsText-Input"];
  number: string;
}

const fieldsOf = ({ name, description, number }: Cycle): Fields => ({ name, description, number: written(number) });

function Change({ cycle }: { cycle: Cycle }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const renew = useRenewCycles();
  const navigate = useNavigate();
  const path = { ref: cycle.id };
  const read = async () => {
    const now = await readCycle(cycle.id);
    return { version: now.version, values: fieldsOf(now) };
  };
  const save = async ({ number, ...changes }: Partial<Fields>, version: number) => {
    const body = { ...changes, ...(number !== undefined && { number: numberOf(number) }) };
    const params = { path, header: ifMatch(version) };
    const changed = await told(api.PATCH("/api/awards/cycles/{ref}", { params, body }));
    await renew();
    return { version: changed.version, values: fieldsOf(changed) };
  };
  const remove = async () => {
    const params = { path, header: ifMatch((await readCycle(cycle.id)).version) };
    await told(api.DELETE("/api/awards/cycles/{ref}", { params }));
    await navigate("/awards/cycles");
    await renew();
  };
  const removable = cycle.state === "draft" || Boolean(cycle.rehearsal_of);
  return (
    <section className="part">
      <h2>{say("cycles.change")}</h2>
      <Revise<Fields>
        start={{ version: cycle.version, values: fieldsOf(cycle) }}
        read={read}
        send={save}
        label={(name) => word("cycles", name)}
        about={{ "may-not-be-called-award": ["name", "zh"] }}
        beside={
          removable && (
            <Remove
              name={of(cycle.name)}
              effect={say(cycle.rehearsal_of ? "cycles.end_rehearsal" : "cycles.remove_effect")}
              remove={remove}
            />
          )
        }
      >
        <Both name="name" label={say("cycles.name")} />
        <Form.Item name="number" label={say("cycles.number")}>
          <Input type="number" min={1} />
        </Form.Item>
        <Both name="description" label={say("cycles.description")} rows={3} maxLength={20_000} />
      </Revise>
    </section>
  );
}

function Past({ cycle }: { cycle: Cycle }) {
  const { say } = useSpeech();
  const history = useCycleHistory(cycle.slug);
  return (
    <section className="part">
      <h2>{say("awards.history")}</h2>
      <Deeds name={say("awards.history")} asked={history} />
    </section>
  );
}
