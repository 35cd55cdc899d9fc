/** A programme file for an edition that is there, and the files that came before it. */

import { Tag } from "antd";
import { Link } from "react-router";
import { useThisEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { Confirm } from "../parts/confirm";
import { Who } from "../parts/who";
import { type ImportRow, useImports, useUndo } from "./queries";
import { undoable } from "./rules";
import { Wizard } from "./wizard";

export function ImportPage() {
  const { say } = useSpeech();
  const edition = useThisEdition();
  return (
    <>
      <Heads title={say("import.title")}>
        <Link to="/import">{say("import.new_title")}</Link>
      </Heads>
      <p>{say("import.told")}</p>
      <Wizard target={{ edition: edition.slug }} zone={say("import.zone_edition", { zone: edition.zone })} />
      <section className="sheet">
        <h2>{say("import.earlier")}</h2>
        <Earlier edition={edition.slug} />
      </section>
    </>
  );
}

function Earlier({ edition }: { edition: string }) {
  const { say } = useSpeech();
  const { instant } = useMoments();
  const imports = useImports(edition);
  const undo = useUndo();
  const latest = undoable(imports.data ?? []);
  return (
    <Listing<ImportRow>
      name={say("import.earlier")}
      list={whole(imports)}
      keyOf={({ id }) => id}
      empty={say("import.earlier_none")}
      columns={[
        { key: "when", title: say("import.when"), cell: ({ made_at }) => instant(made_at) },
        { key: "file", title: say("import.theirs"), cell: ({ filename }) => filename || "—" },
        { key: "format", title: say("import.format"), cell: ({ format }) => format },
        {
          key: "counts",
          title: say("import.counts"),
          cell: ({ counts }) =>
            say("import.counted", { created: counts.sessions?.created ?? 0, changed: counts.sessions?.changed ?? 0 }),
        },
        { key: "by", title: say("import.by"), cell: ({ made_by }) => <Who account={made_by} /> },
        {
          key: "state",
          title: say("import.state"),
          cell: ({ id, undone_at }) =>
            undone_at ? (
              <Tag>{say("import.undone", { when: instant(undone_at) })}</Tag>
            ) : id === latest ? (
              <Confirm
                label={say("import.undo")}
                question={say("import.undo_title")}
                act={() => undo.mutateAsync(id)}
                danger
              >
                {say("import.undo_told")}
              </Confirm>
            ) : (
              <Tag>{say("import.stands")}</Tag>
            ),
        },
      ]}
    />
  );
}
