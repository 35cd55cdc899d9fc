/** Deputies: a nominator on leave names a colleague, sees who stands in, and ends it. */

import { Checkbox, Form, Input } from "antd";
import { AwardsNavigation } from "../awards/frame";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useUnit } from "../nominations/unit";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { Confirm } from "../parts/confirm";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { useFilters } from "../parts/lists";
import { today } from "../parts/moments";
import { PickOrganisation, Picker } from "../parts/picker";
import { Mark } from "../parts/tag";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { colleaguesAt, endDeputy, nameDeputy, useDeputies, useRenewDeputies } from "./queries";
import { type Deputy, stateOf } from "./rules";
import { StandingIn } from "./standing";

export function DeputiesPage() {
  const { say } = useSpeech();
  const word = useWord();
  const may = useRights();
  const [filters, change] = useFilters(["all"]);
  const list = useDeputies(filters.all === "yes");
  const renew = useRenewDeputies();
  const end = async (deputy: Deputy) => {
    await endDeputy(deputy);
    await renew();
  };
  const on = today();
  const nominates = may("nominator");
  return (
    <>
      <AwardsNavigation />
      <Heads title={say("deputies.title")}>{nominates && <Naming renew={renew} />}</Heads>
      <p>{say("deputies.says")}</p>
      <StandingIn />
      <div className="filters">
        <Checkbox
          checked={filters.all === "yes"}
          onChange={({ target }) => change({ all: target.checked ? "yes" : "" })}
        >
          {say("deputies.all")}
        </Checkbox>
      </div>
      <Listing
        name={say("deputies.title")}
        list={list}
        keyOf={(deputy) => deputy.id}
        empty={say("deputies.none")}
        columns={[
          { key: "deputy", title: say("deputies.deputy"), cell: (each) => <Who account={each.deputy_id} /> },
          { key: "for", title: say("deputies.nominator"), cell: (each) => <Who account={each.nominator_id} /> },
          { key: "unit", title: say("deputies.unit"), cell: (each) => <OrganisationName id={each.unit_id} /> },
          { key: "time", title: say("deputies.time"), cell: (each) => `${each.from_on} – ${each.until_on}` },
          { key: "reason", title: say("deputies.reason"), cell: (each) => each.reason },
          {
            key: "state",
            title: say("deputies.state"),
            cell: (each) => {
              const state = stateOf(each, on);
              return <Mark kind={state === "now" ? "fine" : "plain"}>{word("deputy_state", state)}</Mark>;
            },
          },
          ...(nominates
            ? [
                {
                  key: "deeds",
                  title: say("cycles.deeds"),
                  cell: (each: Deputy) =>
                    ["now", "ahead"].includes(stateOf(each, on)) && (
                      <Confirm
                        label={say("deputies.end")}
                        name={say("deputies.end_for", { name: `${each.from_on} – ${each.until_on}` })}
                        question={say("deputies.end_sure")}
                        act={() => end(each)}
                      >
                        {say("deputies.end_says")}
                      </Confirm>
                    ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

type Fields = Schemas["DeputyIn"];

function Naming({ renew }: { renew: () => Promise<void> }) {
  const { say } = useSpeech();
  const unit = useUnit();
  const send = async (fields: Fields) => {
    await nameDeputy(fields);
    await renew();
  };
  return (
    <Asking<Fields, unknown>
      primary
      label={say("deputies.name")}
      says={say("deputies.name_says")}
      start={{ unit_id: unit, from_on: today(), reason: "" }}
      send={send}
      about={{ "deputy-dates-wrong": ["until_on"], "deputy-for-oneself": ["deputy_id"] }}
    >
      <NamingFields />
    </Asking>
  );
}

function NamingFields() {
  const { say } = useSpeech();
  const unit = Form.useWatch<string | null | undefined>("unit_id");
  const needed = [{ required: true, message: say("parts.needed") }];
  return (
    <>
      <Form.Item name="unit_id" label={say("deputies.unit")} rules={needed}>
        <PickOrganisation />
      </Form.Item>
      <Form.Item name="deputy_id" label={say("deputies.deputy")} extra={say("deputies.deputy_help")} rules={needed}>
        <Picker source={colleaguesAt(unit ?? "")} disabled={!unit} />
      </Form.Item>
      <div className="beside-each-other">
        <Form.Item name="from_on" label={say("deputies.from_on")} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until_on" label={say("deputies.until_on")} rules={needed}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="reason" label={say("deputies.reason")}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}
