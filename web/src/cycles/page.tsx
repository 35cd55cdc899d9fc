/** The cycles of all programmes: those announced, and those of one's own award office. */

import { Checkbox } from "antd";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwnerFilter } from "../frame/working";
import { Choose } from "../parts/choose";
import { Heads } from "../parts/heads";
import { Files } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Search } from "../parts/search";
import { useWord } from "../parts/word";
import { CycleList } from "./listed";
import type { CycleFilters } from "./queries";
import { type Phase, PHASES } from "./rules";

export function CyclesPage() {
  const { say } = useSpeech();
  const word = useWord();
  const office = useRights()("award_officer");
  const [values, change] = useFilters(["q", "state", "owner", "rehearsals"], useOwnerFilter());
  const { state, rehearsals, ...others } = useDeferredValue(values);
  const filters: CycleFilters = {
    ...asked(others),
    ...(state && { state: state as Phase }),
    ...(rehearsals && { rehearsals: true }),
  };
  return (
    <>
      <Heads title={say("cycles.title")}>
        <Files path="/api/awards/cycles" filters={asked(values)} />
        {office && (
          <Link className="action" to="/awards/cycles/new">
            {say("cycles.new")}
          </Link>
        )}
      </Heads>
      <div className="filters">
        <Search label={say("cycles.search")} value={values.q} onChange={(words) => change({ q: words })} />
        <Choose
          label={say("cycles.state")}
          value={values.state}
          choices={PHASES.map((phase) => ({ value: phase, label: word("phase", phase) }))}
          onChange={(chosen) => change({ state: chosen })}
        />
        <ByOrganisation label={say("awards.owner")} value={values.owner} onChange={(owner) => change({ owner })} />
        {office && (
          <Checkbox
            checked={values.rehearsals === "true"}
            onChange={({ target }) => change({ rehearsals: target.checked ? "true" : "" })}
          >
            {say("cycles.with_rehearsals")}
          </Checkbox>
        )}
      </div>
      <CycleList
        filters={filters}
        name={say("cycles.title")}
        empty={say(office ? "cycles.none_to_begin" : "cycles.none")}
      />
    </>
  );
}
