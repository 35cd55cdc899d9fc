/** One edition at a glance. */

import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Dates, EditionState } from "./page";
import { useThisEdition } from "./queries";

export function OverviewPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.overview")}`}>
        <EditionState edition={edition} />
      </Heads>
      <p>
        <Dates edition={edition} />
      </p>
    </>
  );
}
