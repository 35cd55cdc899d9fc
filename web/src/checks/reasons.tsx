/** The reasons that the nominations of a programme are returned and rejected for. */

import { Checkbox, Form, Input, Skeleton } from "antd";
import { useThisProgramme } from "../awards/queries";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Confirm } from "../parts/confirm";
import { Both } from "../parts/entry";
import { Heads } from "../parts/heads";
import { Revise, type Versioned } from "../parts/revise";
import { Sequence } from "../parts/sequence";
import { useWord } from "../parts/word";
import { readReasons, useReasons, useRenewReasons } from "./queries";

interface Fields {
  reasons: Schemas["CheckReasonIn"][];
}

const standing = ({ reasons, version }: Schemas["CheckReasonsOut"]): Versioned<Fields> => ({
  version,
  values: {
    reasons: reasons.map(({ key, words, outcomes }) => ({
      key,
      words,
      outcomes: outcomes.filter((each) => each !== "pass"),
    })),
  },
});

export function ReasonsPage() {
  const { say, of } = useSpeech();
  const { programme, definition } = useThisProgramme();
  const { data, error } = useReasons(programme.id);
  if (!definition) return <p>{say("awards.no_definition")}</p>;
  return (
    <>
      <Heads title={`${of(programme.name)} · ${say("checks.reasons")}`} />
      <p>{say("checks.reasons_say")}</p>
      {error && <Failure error={error} />}
      {!data && !error && <Skeleton active />}
      {data && <ReasonsForm key={String(data.usual)} programme={programme.id} reasons={data} />}
    </>
  );
}

function ReasonsForm({ programme, reasons }: { programme: string; reasons: Schemas["CheckReasonsOut"] }) {
  const { say } = useSpeech();
  const word = useWord();
  const renew = useRenewReasons();
  const write = async (body: Schemas["CheckReasonsIn"], version: number) => {
    const params = { path: { ref: programme }, header: ifMatch(version) };
    const now = await told(api.PUT("/api/awards/programmes/{ref}/check-reasons", { params, body }));
    await renew();
    return standing(now);
  };
  return (
    <>
      <p>
        {say(reasons.usual ? "checks.usual_reasons" : "checks.own_reasons")}{" "}
        {!reasons.usual && (
          <Confirm
            label={say("checks.to_usual")}
            question={say("checks.to_usual")}
            act={() => write({ reasons: [] }, reasons.version)}
          >
            {say("checks.to_usual_says")}
          </Confirm>
        )}
      </p>
      <Revise<Fields>
        start={standing(reasons)}
        read={async () => standing(await readReasons(programme))}
        send={(changes, version) => write({ reasons: changes.reasons ?? [] }, version)}
        label={() => say("checks.reasons")}
      >
        <Sequence
          name="reasons"
          label={say("checks.reason")}
          add={say("checks.add_reason")}
          fresh={{ key: "", words: { zh: "", en: "" }, outcomes: ["return"] }}
        >
          {(index) => (
            <>
              <Both name={[index, "words"]} label={say("checks.reason")} />
              <Form.Item name={[index, "key"]} label={say("checks.reason_key")}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name={[index, "outcomes"]} label={say("checks.reason_for")}>
                <Checkbox.Group
                  options={(["return", "reject"] as const).map((each) => ({
                    value: each,
                    label: word("outcome", each),
                  }))}
                />
              </Form.Item>
            </>
          )}
        </Sequence>
      </Revise>
    </>
  );
}
