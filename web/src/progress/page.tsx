/** The dashboard of a cycle for its office: how far it has come, the time left, corrections that run out, units behind. */

import { Checkbox } from "antd";
import { Link } from "react-router";
import { useQueue } from "../checks/queries";
import { Clock } from "../checks/shown";
import { TimeLeft } from "../cycles/left";
import { type Cycle, useThisCycle } from "../cycles/queries";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Moment } from "../parts/moment";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Mark } from "../parts/tag";
import { Funnel } from "./funnel";
import { useProgress, useUnits } from "./queries";

export function ProgressPage() {
  const { say, of } = useSpeech();
  const { cycle } = useThisCycle();
  const { data } = useProgress(cycle.id);
  const ahead = data?.ahead ?? 0;
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("progress.title")}`} />
      <Funnel cycle={cycle} />
      <section className="part">
        <h2>{say("progress.time_left")}</h2>
        <TimeLeft cycle={cycle.id} />
        <p>
          <Link className="onward" to={`/awards/cycles/${cycle.slug}/dates`}>
            {say("cycles.dates")}
          </Link>
        </p>
      </section>
      <Corrections cycle={cycle} ahead={ahead} />
      <Units cycle={cycle} ahead={ahead} />
    </>
  );
}

const BY_CLOCK = { q: "", standing: "", category: "", unit: "", hands: "", sort: "clock" } as const;
/** So many corrections are shown at once. */
const FEW = 10;

/** What is being corrected, the first that runs out first. */
function Corrections({ cycle, ahead }: { cycle: Cycle; ahead: number }) {
  const { say } = useSpeech();
  const list = useQueue(cycle.id, BY_CLOCK);
  const here = `/awards/cycles/${cycle.slug}/checks`;
  return (
    <section className="part">
      <h2>{say("progress.corrections")}</h2>
      <Listing
        name={say("progress.corrections")}
        list={{ ...list, rows: list.rows?.slice(0, FEW), total: undefined, more: false }}
        keyOf={(row) => row.nomination_id}
        empty={say("progress.no_corrections")}
        columns={[
          {
            key: "name",
            title: say("nominations.candidate"),
            cell: (row) => (
              <>
                <Link to={`${here}/${row.nomination_id}?sort=clock`}>{row.name}</Link>
                <div className="faint">{row.number}</div>
              </>
            ),
          },
          { key: "unit", title: say("nominations.unit"), cell: (row) => <OrganisationName id={row.unit_id} /> },
          {
            key: "left",
            title: say("progress.left"),
            cell: (row) => row.correct_until && <Clock until={row.correct_until} ahead={ahead} />,
          },
          {
            key: "until",
            title: say("progress.until"),
            cell: (row) => row.correct_until && <Moment at={row.correct_until} />,
          },
        ]}
      />
      {(list.total ?? 0) > FEW && (
        <Link className="onward" to={`${here}?sort=clock`}>
          {say("progress.all_corrections", { n: list.total ?? 0 })}
        </Link>
      )}
    </section>
  );
}

/** What units have of slots and what they have handed in; those that are behind, unless all are wanted. */
function Units({ cycle, ahead }: { cycle: Cycle; ahead: number }) {
  const { say } = useSpeech();
  const [filters, change] = useFilters(["below", "behind"]);
  const list = useUnits(cycle.id, filters);
  const behind = filters.behind !== "no";
  const checks = `/awards/cycles/${cycle.slug}/checks`;
  return (
    <section className="part" id="units">
      <h2>{say(behind ? "progress.units_behind" : "progress.units")}</h2>
      <div className="filters">
        <ByOrganisation label={say("progress.below")} value={filters.below} onChange={(below) => change({ below })} />
        <Checkbox checked={behind} onChange={({ target }) => change({ behind: target.checked ? "" : "no" })}>
          {say("progress.only_behind")}
        </Checkbox>
        <Files
          path={`/api/awards/cycles/${cycle.slug}/progress/units`}
          filters={{ behind: String(behind), ...(filters.below && { below: filters.below }) }}
        />
      </div>
      <Listing
        name={say("progress.units")}
        list={list}
        keyOf={(row) => row.unit_id}
        empty={say(behind ? "progress.none_behind" : "progress.no_units")}
        columns={[
          { key: "unit", title: say("nominations.unit"), cell: (row) => <OrganisationName id={row.unit_id} /> },
          {
            key: "given",
            title: say("progress.own_slots"),
            cell: (row) => <Link to={`/awards/cycles/${cycle.slug}/quotas?below=${row.unit_id}`}>{row.given}</Link>,
          },
          { key: "drafts", title: say("progress.drafts"), cell: (row) => row.drafts },
          {
            key: "submitted",
            title: say("progress.submitted"),
            cell: (row) => <Link to={`${checks}?unit=${row.unit_id}`}>{row.submitted}</Link>,
          },
          {
            key: "behind",
            title: say("progress.lacks"),
            cell: (row) => (row.behind > 0 ? <Mark kind="warns">{row.behind}</Mark> : 0),
          },
          {
            key: "left",
            title: say("progress.left"),
            cell: (row) => row.until && <Clock until={row.until} ahead={ahead} />,
          },
        ]}
      />
    </section>
  );
}
