/** Whose hands a nomination is in, what was said of it, and what is said now: two persons say the same to pass or reject it. */

import { Alert, Button, Checkbox, Form, Input, Radio } from "antd";
import { useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Confirm } from "../parts/confirm";
import { Moment } from "../parts/moment";
import { Entry } from "../parts/entry";
import { Mark } from "../parts/tag";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { type Check, giveOpinion, putBack, type Reason, take, useRenewChecks } from "./queries";
import { opinionOf, outcomesOf, type Remarks, type Said, USUAL_DAYS } from "./rules";

/** Who has it in hand, to be taken or put back. */
export function Hands({ check }: { check: Check }) {
  const { say } = useSpeech();
  const { data: me } = useMe();
  const renew = useRenewChecks();
  const [error, setError] = useState<unknown>();
  const going = outcomesOf(check.standing).length > 0 || check.standing === "returned";
  const act = (deed: () => Promise<unknown>) => async () => {
    setError(undefined);
    try {
      await deed();
    } catch (caught) {
      setError(caught);
    }
    await renew();
  };
  const id = check.nomination_id;
  const own = check.taken_by === me?.id;
  return (
    <section className="panel" aria-label={say("checks.hands")}>
      <h2>{say("checks.hands")}</h2>
      <p role="status">
        {check.taken_by ? (
          <>
            <Who account={check.taken_by} /> {check.taken_at && <Moment at={check.taken_at} />}
          </>
        ) : (
          say("checks.in_no_hands")
        )}
      </p>
      {error !== undefined && <Failure error={error} />}
      {going && (
        <div className="acts">
          {!check.taken_by && <Button onClick={() => void act(() => take(id))()}>{say("checks.take")}</Button>}
          {check.taken_by && own && (
            <Button onClick={() => void act(() => putBack(id))()}>{say("checks.put_back")}</Button>
          )}
          {check.taken_by && !own && (
            <Confirm
              label={say("checks.take_over")}
              question={say("checks.take_over_sure")}
              act={async () => {
                await take(id, true);
                await renew();
              }}
            >
              {say("checks.take_over_says")}
            </Confirm>
          )}
        </div>
      )}
    </section>
  );
}

interface PastProps {
  check: Check;
  /** What a place in the form is called. */
  named: (pointer: string) => string;
}

/** What was said of it, the last first. */
export function Opinions({ check, named }: PastProps) {
  const { say, of } = useSpeech();
  const word = useWord();
  if (check.opinions.length === 0) return null;
  return (
    <section className="panel" aria-label={say("checks.opinions")}>
      <h2>{say("checks.opinions")}</h2>
      <ol className="opinions">
        {check.opinions.toReversed().map((each) => (
          <li key={each.id}>
            <Mark>{word("outcome", each.outcome)}</Mark> {word("effect", each.effect)}
            <div>
              <Who account={each.made_by} /> · <Moment at={each.made_at} />
              {each.turn > 1 && ` · ${say("checks.turn", { n: each.turn })}`}
            </div>
            {each.reasons.length > 0 && (
              <div>{each.reasons.map(({ words }) => of(words)).join(say("awards.comma"))}</div>
            )}
            {each.words && <p className="as-written">{each.words}</p>}
            {each.remarks.length > 0 && (
              <ul>
                {each.remarks.map(({ pointer, words }) => (
                  <li key={pointer}>
                    {named(pointer)}: {words}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface DecidingProps extends PastProps {
  reasons: readonly Reason[];
  remarks: Remarks;
  /** Called once it is said, with what became of it. */
  said: (standing: string) => void;
}

export function Deciding({ check, reasons, remarks, named, said }: DecidingProps) {
  const { say } = useSpeech();
  const { data: me } = useMe();
  const outcomes = outcomesOf(check.standing);
  const others = check.taken_by !== null && check.taken_by !== me?.id;
  if (outcomes.length === 0) return null;
  return (
    <section className="panel" aria-label={say("checks.opinion")}>
      <h2>{say(check.first_by ? "checks.second_opinion" : "checks.opinion")}</h2>
      {check.first_by && <First check={check} />}
      {check.first_by !== null && check.first_by === me?.id ? (
        <Alert type="info" showIcon title={say("checks.another_person")} />
      ) : others ? (
        <Alert type="info" showIcon title={say("checks.in_other_hands")} />
      ) : (
        <OpinionForm {...{ check, reasons, remarks, named, said }} />
      )}
    </section>
  );
}

/** The first opinion that waits for a second, with who gave it. */
function First({ check }: { check: Check }) {
  const { say } = useSpeech();
  const word = useWord();
  const first = check.opinions.findLast((each) => each.effect === "first");
  if (!first) return null;
  return (
    <p>
      {say("checks.first_by")} <Who account={first.made_by} /> <Mark>{word("outcome", first.outcome)}</Mark>
      <span className="faint"> {say("checks.both_say")}</span>
    </p>
  );
}

function OpinionForm({ check, reasons, remarks, named, said }: DecidingProps) {
  const { say, of } = useSpeech();
  const word = useWord();
  const renew = useRenewChecks();
  const [form] = Form.useForm<Said>();
  const outcomes = outcomesOf(check.standing);
  const outcome = Form.useWatch("outcome", form) as Said["outcome"] | undefined;
  const fitting = reasons.filter((each) => outcome && outcome !== "pass" && each.outcomes.includes(outcome));
  const written = Object.entries(remarks).filter(([, words]) => words.trim());
  const send = async (values: Said) => {
    const kept = values.reasons?.filter((key) => fitting.some((each) => each.key === key)) ?? [];
    const body = opinionOf({ ...values, reasons: kept }, remarks, named);
    const { standing } = await giveOpinion(check.nomination_id, check.version, body);
    said(standing);
    await renew();
  };
  return (
    <Entry<Said>
      form={form}
      start={{ reasons: [], words: "", working_days: USUAL_DAYS }}
      send={send}
      submit={say("checks.give")}
      disabled={!outcome}
      about={{ "reason-unnamed": ["reasons"], "unknown-unexplained": ["words"] }}
    >
      <Form.Item name="outcome" label={say("checks.outcome")}>
        <Radio.Group options={outcomes.map((each) => ({ value: each, label: word("outcome", each) }))} />
      </Form.Item>
      {outcome && <p className="faint">{word("outcome_means", check.first_by ? `second_${outcome}` : outcome)}</p>}
      {fitting.length > 0 && (
        <Form.Item
          name="reasons"
          label={say("checks.reasons")}
          rules={[{ type: "array", min: 1, message: say("parts.needed") }]}
        >
          <Checkbox.Group
            className="reasons"
            options={fitting.map((each) => ({ value: each.key, label: of(each.words) }))}
          />
        </Form.Item>
      )}
      {outcome && outcome !== "pass" && written.length > 0 && (
        <div className="remarks">
          <b>{say(outcome === "return" ? "checks.remarks" : "checks.remarks_in_words")}</b>
          <ul>
            {written.map(([pointer, words]) => (
              <li key={pointer}>
                {named(pointer)}: {words}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Form.Item
        name="words"
        label={say("checks.words")}
        extra={say(outcome === "return" ? "checks.words_to_unit" : "checks.words_help")}
      >
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      {outcome === "return" && (
        <Form.Item name="working_days" label={say("checks.working_days")} extra={say("checks.working_days_help")}>
          <Input type="number" min={1} max={60} />
        </Form.Item>
      )}
    </Entry>
  );
}
