/** The ledger: every entry by which slots moved, with who and why; the newest first. */

import type { Cycle } from "../cycles/queries";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Choose } from "../parts/choose";
import { Moment } from "../parts/moment";
import { Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import type { Kinds } from "./page";
import { useEntries } from "./queries";
import { MOVES } from "./rules";

export function Ledger({ cycle, kinds }: { cycle: Cycle; kinds: Kinds }) {
  const { say } = useSpeech();
  const word = useWord();
  const [filters, change] = useFilters(["unit", "category", "move"]);
  const list = useEntries(cycle.id, filters);
  const party = (unit: string | null, group: string, nobody: string) => (
    <>
      {unit ? <OrganisationName id={unit} /> : nobody}
      {group && <div className="faint">{kinds.nameOf(group)}</div>}
    </>
  );
  const candidate = say("quotas.candidate");
  const outside = (move: string) => (["code", "take", "give_back"].includes(move) ? candidate : say("quotas.office"));
  return (
    <section className="part">
      <h2>{say("quotas.ledger")}</h2>
      <div className="filters">
        <Choose
          label={say("quotas.move")}
          value={filters.move}
          choices={MOVES.map((move) => ({ value: move, label: word("move", move) }))}
          onChange={(move) => change({ move })}
        />
        <Choose
          label={say("quotas.category")}
          value={filters.category}
          choices={kinds.categories.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(category) => change({ category })}
        />
        <ByOrganisation label={say("quotas.unit")} value={filters.unit} onChange={(unit) => change({ unit })} />
      </div>
      <Listing
        name={say("quotas.ledger")}
        list={list}
        keyOf={(entry) => entry.id}
        empty={say("quotas.no_entries")}
        columns={[
          { key: "at", title: say("parts.when"), cell: (entry) => <Moment at={entry.made_at} /> },
          { key: "move", title: say("quotas.move"), cell: (entry) => word("move", entry.move) },
          { key: "category", title: say("quotas.category"), cell: (entry) => kinds.nameOf(entry.category) },
          {
            key: "from",
            title: say("quotas.from"),
            cell: (entry) => party(entry.from_unit_id, entry.from_group, outside(entry.move)),
          },
          {
            key: "to",
            title: say("quotas.to"),
            cell: (entry) => party(entry.to_unit_id, entry.to_group, outside(entry.move)),
          },
          { key: "amount", title: say("quotas.amount"), cell: (entry) => entry.amount },
          { key: "reason", title: say("quotas.reason"), cell: (entry) => entry.reason },
          { key: "who", title: say("parts.who"), cell: (entry) => <Who account={entry.made_by} /> },
        ]}
      />
    </section>
  );
}
