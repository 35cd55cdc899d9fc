/** Organisations by name, where only their ids are told. */

import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useOrganisation } from "./queries";

export function OrganisationName({ id }: { id: string | null | undefined }) {
  const { of } = useSpeech();
  const { data } = useOrganisation(id);
  return data ? <Link to={`/organisations/${data.slug}`}>{of(data.name)}</Link> : <>{id ? "…" : "—"}</>;
}

/** The names from the root down to an organisation. */
export function Way({ id }: { id: string | null }) {
  const { of } = useSpeech();
  const { data } = useOrganisation(id);
  if (!data) return null;
  return (
    <>
      {data.parent_id && (
        <>
          <Way id={data.parent_id} /> ›{" "}
        </>
      )}
      {of(data.name)}
    </>
  );
}
