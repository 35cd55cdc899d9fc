/** An organisation's other names: aliases, and those that it had before. */

import { Form, Input, Select } from "antd";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Both } from "../parts/entry";
import type { Schemas } from "../api/client";
import { useOrganisationDeeds } from "./queries";
import type { Organisation } from "./rules";
import { Table } from "../parts/table";

const NAME_KINDS = ["alias", "former"] as const satisfies readonly Schemas["NameKind"][];

interface Entered {
  kind: Schemas["NameKind"];
  name: Organisation["name"];
  from_on?: string;
  until_on?: string;
}

export function Names({ each, tends }: { each: Organisation; tends: boolean }) {
  const { say, of } = useSpeech();
  const deeds = useOrganisationDeeds();
  if (each.other_names.length === 0 && !tends) return null;
  return (
    <>
      <h2>{say("organisations.other_names")}</h2>
      {each.other_names.length > 0 && (
        <Table
          name={say("organisations.other_names")}
          heads={[
            say("organisations.name"),
            say("organisations.kind"),
            say("organisations.from_on"),
            say("organisations.until_on"),
            tends && say("organisations.act"),
          ]}
        >
          {each.other_names.map((other) => (
            <tr key={other.id}>
              <td>{[other.name.zh, other.name.en].filter(Boolean).join(" / ")}</td>
              <td>{say(`name_kind.${other.kind}`)}</td>
              <td>{other.from_on ?? "—"}</td>
              <td>{other.until_on ?? "—"}</td>
              {tends && (
                <td>
                  <Asking
                    label={say("organisations.remove_name")}
                    name={say("organisations.remove_name_of", { name: of(other.name) })}
                    says={say("organisations.remove_name_says")}
                    submit={say("organisations.remove_name")}
                    send={() => deeds.removeName(each, other.id)}
                  />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {tends && (
        <div className="acts">
          <Asking<Entered, Organisation>
            label={say("organisations.add_name")}
            says={say("organisations.add_name_says")}
            start={{ kind: "alias" }}
            send={({ kind, name, from_on, until_on }) =>
              deeds.addName(each, { kind, name, from_on: from_on || null, until_on: until_on || null })
            }
          >
            <Form.Item name="kind" label={say("organisations.kind")}>
              <Select options={NAME_KINDS.map((kind) => ({ value: kind, label: say(`name_kind.${kind}`) }))} />
            </Form.Item>
            <Both name="name" label={say("organisations.name")} maxLength={300} />
            <div className="both">
              <Form.Item name="from_on" label={say("organisations.from_on")}>
                <Input type="date" />
              </Form.Item>
              <Form.Item name="until_on" label={say("organisations.until_on")}>
                <Input type="date" />
              </Form.Item>
            </div>
          </Asking>
        </div>
      )}
    </>
  );
}
