/** How far an edition has come, what may become of it next, and what that does to everything dated. */

import { Form, Checkbox, Input } from "antd";
import { useState } from "react";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { Confirm } from "../parts/confirm";
import { Moment } from "../parts/moment";
import { useWord } from "../parts/word";
import { Who } from "../parts/who";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { NO_WORDS } from "../series/rules";
import { AskApproval, isUnapproved } from "./approving";
import { ABOUT } from "./fields";
import { EditionState } from "./shown";
import { approve, useHistory, useRenew, useThisEdition } from "./queries";
import { type Edition, holding, standingDeeds, type StandingDeed, STATES, type Step, stepsOf } from "./rules";
import "./editions.css";

export function LifecyclePage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const may = useRights();
  const edition = useThisEdition();
  const organizes = may("organizer");
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.lifecycle")}`}>
        <EditionState edition={edition} />
      </Heads>
      <ol className="progress" aria-label={say("life.way")}>
        {STATES.map((state) => (
          <li key={state} aria-current={state === edition.state ? "step" : undefined}>
            {word("state", state)}
          </li>
        ))}
      </ol>
      <p>{word("state_means", edition.state)}</p>
      {edition.standing !== "normal" && <p>{word("standing_means", edition.standing)}</p>}
      {organizes && (
        <>
          <Steps edition={edition} />
          {edition.requires_approval && <Approvals edition={edition} />}
          <Standings edition={edition} />
        </>
      )}
    </>
  );
}

function take(edition: Edition, step: Step) {
  const params = { path: { ref: edition.id }, header: ifMatch(edition.version) };
  return told(api.POST(`/api/events/editions/{ref}/${step}`, { params }));
}

function Steps({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const word = useWord();
  const renew = useRenew();
  const steps = stepsOf(edition);
  const act = async (step: Step) => {
    try {
      await take(edition, step);
    } finally {
      await renew();
    }
  };
  return (
    <section className="part">
      <h2>{say("life.next")}</h2>
      <ul className="cards">
        {steps.map((step, index) => (
          <li key={step} className="strip">
            <span>{word("deed_means", step)}</span>
            <Confirm
              primary={index === 0}
              label={word("deed", step)}
              question={say("life.sure", { deed: word("deed", step) })}
              act={() => act(step)}
              instead={(error) => isUnapproved(error) && <AskApproval edition={edition} deed={step} content={{}} />}
            >
              {word("deed_means", step)}
            </Confirm>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What others have approved of the edition as it stands; and approving that somebody else publishes it. */
function Approvals({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const word = useWord();
  const renew = useRenew();
  const history = useHistory(edition.id);
  const given = holding(history.data ?? []);
  const publish = () =>
    approve(edition.id, { deed: "publish", content: {}, version: edition.version }).then(() => renew());
  return (
    <section className="part">
      <h2>{say("life.approvals")}</h2>
      <p>{say("life.approvals_help")}</p>
      {history.error && <Failure error={history.error} />}
      {given.length === 0 ? (
        <p>{say("life.no_approvals")}</p>
      ) : (
        <ul>
          {given.map((deed) => (
            <li key={deed.at}>
              {word("deed", String(deed.change.deed))} · <Who account={deed.actor} /> · <Moment at={deed.at} />
            </li>
          ))}
        </ul>
      )}
      {stepsOf(edition).includes("publish") && (
        <Confirm label={say("life.approve_publish")} question={say("life.approve_publish")} act={publish}>
          {say("life.approve_effect")}
        </Confirm>
      )}
    </section>
  );
}

type Notice = Schemas["StandingIn"];

function Standings({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const word = useWord();
  const deeds = standingDeeds(edition);
  if (deeds.length === 0) return null;
  return (
    <section className="part">
      <h2>{say("life.standing")}</h2>
      {deeds.map((deed) => (
        <details key={`${deed} ${edition.standing}`}>
          <summary>{word("deed", deed)}</summary>
          <p>{word("deed_means", deed)}</p>
          <StandingForm edition={edition} deed={deed} />
        </details>
      ))}
    </section>
  );
}

function StandingForm({ edition, deed }: { edition: Edition; deed: StandingDeed }) {
  const { say } = useSpeech();
  const word = useWord();
  const renew = useRenew();
  const [wanted, setWanted] = useState<Notice>({});
  const send = async ({ starts_on, ends_on, ...values }: Notice) => {
    const days = starts_on || ends_on ? { starts_on: starts_on || null, ends_on: ends_on || null } : {};
    const body = { ...values, ...days };
    setWanted(body);
    const params = { path: { ref: edition.id }, header: ifMatch(edition.version) };
    try {
      await told(api.POST(`/api/events/editions/{ref}/${deed}`, { params, body }));
    } finally {
      await renew(["key dates"], ["schedule"]);
    }
  };
  return (
    <Entry<Notice>
      start={{ note: NO_WORDS }}
      send={send}
      submit={word("deed", deed)}
      about={ABOUT}
      instead={(problem) =>
        isUnapproved(problem) && <AskApproval edition={edition} deed={deed} content={{ ...wanted }} />
      }
    >
      <Both name="note" label={say("life.note")} rows={2} maxLength={20_000} />
      {deed !== "cancel" && (
        <>
          <div className="beside-each-other">
            <Form.Item name="starts_on" label={say("life.new_start")}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="ends_on" label={say("life.new_end")}>
              <Input type="date" />
            </Form.Item>
          </div>
          <Form.Item name="move_key_dates" valuePropName="checked">
            <Checkbox>{say("life.move_key_dates")}</Checkbox>
          </Form.Item>
        </>
      )}
    </Entry>
  );
}
