/** The rules that the next cycle of a programme takes over. */

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useRenewProgrammes, useThisProgramme } from "../awards/queries";
import { api, ifMatch, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { RulesDesk } from "./desk";
import { readRules, type Rules } from "./queries";

export function ProgrammeRulesPage() {
  const { say, of } = useSpeech();
  const { programme, definition } = useThisProgramme();
  const renew = useRenewProgrammes();
  const { data, error } = useQuery({
    queryKey: ["rules of programme", programme.id],
    gcTime: 0,
    queryFn: () => readRules(programme.id),
    enabled: definition !== null,
    staleTime: Infinity, // what is being written rests on what was seen
  });
  const save = async (body: Rules, version: number) => {
    const params = { path: { ref: programme.id }, header: ifMatch(version) };
    const saved = await told(api.PUT("/api/awards/programmes/{ref}/eligibility", { params, body }));
    await renew();
    return saved;
  };
  if (!definition) return <p>{say("awards.no_definition")}</p>;
  return (
    <>
      <Heads title={`${of(programme.name)} · ${say("awards.rules")}`} />
      <p>{say("eligibility.programme_says")}</p>
      {error && <Failure error={error} />}
      {data ? <RulesDesk standing={data} save={save} submit={say("parts.save")} /> : <Skeleton active />}
    </>
  );
}
