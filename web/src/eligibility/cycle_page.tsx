/** The rules that hold in a cycle: written as long as it is a draft, amended from then on, read by everybody. */

import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Skeleton } from "antd";
import { AmendFields } from "../cycles/definition";
import { useRenewCycles, useThisCycle } from "../cycles/queries";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { today } from "../parts/moments";
import { NO_WORDS } from "../series/rules";
import { RulesDesk } from "./desk";
import { readCycleRules, type Rules } from "./queries";

type Said = Pick<Schemas["AmendRulesIn"], "effective_on" | "reason" | "notice">;

export function CycleRulesPage() {
  const { say, of } = useSpeech();
  const { cycle, office } = useThisCycle();
  const renew = useRenewCycles();
  const [form] = Form.useForm<Said>();
  const { data, error } = useQuery({
    queryKey: ["rules of cycle", cycle.id],
    queryFn: () => readCycleRules(cycle.id),
    staleTime: Infinity, // what is being written rests on what was seen
    gcTime: 0,
  });
  const params = (version: number) => ({ path: { ref: cycle.id }, header: ifMatch(version) });
  const write = async (body: Rules, version: number) => {
    const saved = await told(api.PUT("/api/awards/cycles/{ref}/eligibility", { params: params(version), body }));
    await renew();
    return saved;
  };
  const amend = async (rules: Rules, version: number) => {
    const said = await form.validateFields().catch(() => null);
    if (!said) return null;
    const body = { ...said, rules };
    const saved = await told(
      api.POST("/api/awards/cycles/{ref}/eligibility/amendments", { params: params(version), body }),
    );
    await renew();
    return saved;
  };
  const announced = cycle.state === "open" || cycle.state === "closed";
  const save = !office ? undefined : cycle.state === "draft" ? write : announced ? amend : undefined;
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("awards.rules")}`} />
      {office && announced && (
        <section className="part">
          <h2>{say("cycles.amend")}</h2>
          <Alert type="info" showIcon title={say("cycles.amend_says")} />
          <Form<Said> form={form} layout="vertical" initialValues={{ effective_on: today(), notice: NO_WORDS }}>
            <AmendFields />
          </Form>
        </section>
      )}
      {error && <Failure error={error} />}
      {data ? (
        office ? (
          <RulesDesk standing={data} save={save} submit={say(announced ? "eligibility.amend" : "parts.save")} />
        ) : (
          <RulesInWords words={data.words} />
        )
      ) : (
        <Skeleton active />
      )}
    </>
  );
}

function RulesInWords({ words }: { words: readonly Schemas["RuleWordsOut"][] }) {
  const { say, of } = useSpeech();
  if (words.length === 0) return <p>{say("eligibility.no_rules")}</p>;
  return (
    <ol>
      {words.map((rule) => (
        <li key={rule.key}>{of(rule.words)}</li>
      ))}
    </ol>
  );
}
