/** The quota desk of a cycle: what units have, how slots move, codes that stand for them, and the ledger of it all. */

import { partsOf } from "../awards/definition";
import { textOf } from "../awards/shown";
import { useCycleDefinition, useThisCycle } from "../cycles/queries";
import { TimeLeft } from "../cycles/left";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Codes } from "./codes";
import { Ledger } from "./ledger";
import { Moving } from "./moving";
import { useBalances } from "./queries";

export interface Named {
  key: string;
  name: string;
}

/** What slots are of: the categories that have quotas, and the groups. */
export interface Kinds {
  categories: readonly Named[];
  groups: readonly Named[];
  nameOf: (key: string) => string;
}

function useKinds(cycle: string): Kinds | undefined {
  const { of } = useSpeech();
  const { data } = useCycleDefinition(cycle);
  if (!data) return undefined;
  const { categories, groups, quotas } = partsOf(data);
  const counted = categories.filter(({ key }) => quotas?.some(({ category }) => category === key));
  const named = (all: readonly { key: string; name: Parameters<typeof textOf>[0] }[]) =>
    all.map(({ key, name }) => ({ key, name: of(textOf(name)) }));
  const all = [...named(categories), ...named(groups)];
  return {
    categories: named(counted),
    groups: named(groups),
    nameOf: (key) => all.find((each) => each.key === key)?.name ?? key,
  };
}

export function QuotasPage() {
  const { say, of } = useSpeech();
  const { cycle, office } = useThisCycle();
  const kinds = useKinds(cycle.id);
  const [filters, change] = useFilters(["below"]);
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("quotas.title")}`}>
        <Files path={`/api/awards/cycles/${cycle.slug}/quotas/entries`} />
      </Heads>
      <TimeLeft cycle={cycle.id} />
      {kinds && (
        <>
          {kinds.categories.length === 0 && <p>{say("quotas.unlimited")}</p>}
          <Moving cycle={cycle} office={office} kinds={kinds} />
          <section className="part">
            <h2>{say("quotas.balances")}</h2>
            <div className="filters">
              <ByOrganisation
                label={say("quotas.below")}
                value={filters.below}
                onChange={(below) => change({ below })}
              />
            </div>
            <Balances cycle={cycle.id} below={filters.below} kinds={kinds} office={office} />
          </section>
          <Codes cycle={cycle} kinds={kinds} />
          <Ledger cycle={cycle} kinds={kinds} />
        </>
      )}
    </>
  );
}

interface BalancesProps {
  cycle: string;
  below: string;
  kinds: Kinds;
  office: boolean;
}

function Balances({ cycle, below, kinds, office }: BalancesProps) {
  const { say } = useSpeech();
  const list = useBalances(cycle, below);
  const accounts = list.rows?.flatMap(({ unit_id, accounts: all }) => all.map((account) => ({ unit_id, ...account })));
  return (
    <Listing
      name={say("quotas.balances")}
      list={{ ...list, total: undefined, rows: accounts }}
      keyOf={({ unit_id, category, group }) => `${unit_id} ${category} ${group}`}
      empty={say(office ? "quotas.none_yet" : "quotas.none_of_yours")}
      columns={[
        { key: "unit", title: say("quotas.unit"), cell: ({ unit_id }) => <OrganisationName id={unit_id} /> },
        { key: "category", title: say("quotas.category"), cell: ({ category }) => kinds.nameOf(category) },
        {
          key: "group",
          title: say("quotas.group"),
          cell: ({ group }) => (group ? kinds.nameOf(group) : say("quotas.anybody")),
        },
        { key: "received", title: say("quotas.received"), cell: ({ received }) => received },
        { key: "passed", title: say("quotas.passed"), cell: ({ passed }) => passed },
        { key: "used", title: say("quotas.used"), cell: ({ used }) => used },
        { key: "balance", title: say("quotas.balance"), cell: ({ balance }) => <b>{balance}</b> },
      ]}
    />
  );
}
