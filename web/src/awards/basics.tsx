/** What a programme says of itself, to be changed by its award office. */

import { useNavigate } from "react-router";
import { api, ifMatch, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { useWord } from "../parts/word";
import { ProgrammeFields } from "./fields";
import { ABOUT } from "./new";
import { readProgramme, useRenewProgrammes, useThisProgramme } from "./queries";
import { fieldsOf, type ProgrammePatch, sent } from "./rules";

export function BasicsPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const { programme } = useThisProgramme();
  const renew = useRenewProgrammes();
  const navigate = useNavigate();
  const ref = programme.id;
  const read = async () => {
    const now = await readProgramme(ref);
    return { version: now.version, values: fieldsOf(now) };
  };
  const save = async (changes: Partial<ProgrammePatch>, version: number) => {
    const params = { path: { ref }, header: ifMatch(version) };
    const changed = await told(api.PATCH("/api/awards/programmes/{ref}", { params, body: sent(changes) }));
    await renew();
    return { version: changed.version, values: fieldsOf(changed) };
  };
  const remove = async () => {
    const params = { path: { ref }, header: ifMatch((await readProgramme(ref)).version) };
    await told(api.DELETE("/api/awards/programmes/{ref}", { params }));
    await navigate("/awards");
    await renew();
  };
  return (
    <>
      <Heads title={`${of(programme.name)} · ${say("awards.basics")}`} />
      <Revise<ProgrammePatch>
        start={{ values: fieldsOf(programme), version: programme.version }}
        read={read}
        send={save}
        label={(name) => word("awards.field", name)}
        about={ABOUT}
        beside={<Remove name={of(programme.name)} effect={say("awards.remove_effect")} remove={remove} />}
      >
        <ProgrammeFields />
      </Revise>
    </>
  );
}
