/** Cycles as a table, of all programmes or of one. */

import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { Moment } from "../parts/moment";
import { Listing } from "../parts/listing";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { type Cycle, type CycleFilters, useCycles } from "./queries";

interface Props {
  filters: CycleFilters;
  name: string;
  /** Whether each says of which programme it is. */
  programme?: boolean;
  empty?: string;
}

export function CycleList({ filters, name, programme = true, empty }: Props) {
  const { say, of } = useSpeech();
  const list = useCycles(filters);
  return (
    <Listing
      name={name}
      list={list}
      keyOf={(cycle) => cycle.id}
      empty={empty ?? say("cycles.none")}
      columns={[
        {
          key: "name",
          title: say("cycles.name"),
          cell: (cycle) => <Link to={`/awards/cycles/${cycle.slug}`}>{of(cycle.name)}</Link>,
        },
        ...(programme
          ? [{ key: "programme", title: say("cycles.programme"), cell: (cycle: Cycle) => of(cycle.programme_name) }]
          : []),
        { key: "number", title: say("cycles.number"), cell: (cycle) => cycle.number },
        { key: "state", title: say("cycles.state"), cell: (cycle) => <CycleState cycle={cycle} /> },
        {
          key: "opened",
          title: say("cycles.opened_at"),
          cell: (cycle) => cycle.opened_at && <Moment at={cycle.opened_at} />,
        },
      ]}
    />
  );
}

export function CycleState({ cycle }: { cycle: Cycle }) {
  const { say } = useSpeech();
  const word = useWord();
  return (
    <span className="states">
      <Mark>{word("phase", cycle.state)}</Mark>
      {cycle.rehearsal_of && <Mark kind="warns">{say("cycles.rehearsal")}</Mark>}
      {cycle.definition > 1 && <Mark>{say("cycles.amended", { n: cycle.definition - 1 })}</Mark>}
    </span>
  );
}
