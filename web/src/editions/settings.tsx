/** Everything that is said of an edition, to be changed; and under which umbrellas it stands. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { same } from "../parts/differences";
import { Deeds } from "../audit/deeds";
import { useLabel, useWord } from "../parts/word";
import { Heads } from "../parts/heads";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { AskApproval, isUnapproved } from "./approving";
import { ABOUT, Approvals, Days, Naming, Organisations, Place, Programme, Secretariat } from "./fields";
import { changeEdition, readEdition, useHistory, useRenew, useThisEdition } from "./queries";
import { type Edition, type EditionPatch, fieldsOf, sent } from "./rules";
import { Umbrellas } from "./umbrellas";

type Part = Schemas["OrganisationPartIn"];

const asVersion = (edition: Edition) => ({ version: edition.version, values: fieldsOf(edition) });

/** Return how to leave out names that the directory has anyway, so that they follow it. */
function useUnprinted(): (parts: readonly Part[]) => Promise<Part[]> {
  const queries = useQueryClient();
  const unprinted = async (part: Part): Promise<Part> => {
    const id = part.organisation_id;
    if (!id) return part;
    const known = await queries.query({
      queryKey: ["picked", "organisation", id],
      queryFn: () => told(api.GET("/api/directory/organisations/{ref}", { params: { path: { ref: id } } })),
      staleTime: 60_000,
    });
    return same(part.name, known.name) ? { role: part.role, organisation_id: id } : part;
  };
  return (parts) => Promise.all(parts.map(unprinted));
}

export function SettingsPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.settings")}`} />
      <Change key={edition.id} edition={edition} />
      <Umbrellas edition={edition} />
      <HistoryOf edition={edition} />
    </>
  );
}

function Change({ edition }: { edition: Edition }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const renew = useRenew();
  const navigate = useNavigate();
  const unprinted = useUnprinted();
  const [wanted, setWanted] = useState<EditionPatch>({});
  const save = async (changes: EditionPatch, version: number) => {
    const organisations = changes.organisations && (await unprinted(changes.organisations));
    const body = sent({ ...changes, ...(organisations && { organisations }) });
    setWanted(body);
    const changed = await changeEdition(edition.id, version, body);
    if (changed.slug !== edition.slug) await navigate(`/editions/${changed.slug}/settings`, { replace: true });
    await renew();
    return asVersion(changed);
  };
  const remove = async () => {
    const { version } = await readEdition(edition.id);
    const params = { path: { ref: edition.id }, header: ifMatch(version) };
    await told(api.DELETE("/api/events/editions/{ref}", { params }));
    await navigate("/editions");
    await renew();
  };
  return (
    <Revise<EditionPatch>
      start={asVersion(edition)}
      read={async () => asVersion(await readEdition(edition.id))}
      send={save}
      label={(name) => word("edition.field", name)}
      about={ABOUT}
      instead={(problem) =>
        isUnapproved(problem) && <AskApproval edition={edition} deed="change" content={{ ...wanted }} />
      }
      beside={
        edition.published_at === null && (
          <Remove name={of(edition.name)} effect={say("edition.remove_effect")} remove={remove} />
        )
      }
    >
      <Naming />
      <Days />
      <Place />
      <Programme />
      <Organisations />
      <Secretariat />
      <Approvals />
    </Revise>
  );
}

function HistoryOf({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const label = useLabel("edition.field");
  const history = useHistory(edition.id);
  return (
    <section className="part">
      <h2>{say("edition.history")}</h2>
      <Deeds name={say("edition.history")} asked={history} label={label} />
    </section>
  );
}
