/** Organisations out of a workbook. */

import { Form, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { isKey, useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { useOrganisationDeeds } from "./queries";
import { Workbook } from "./workbook";
import { Table } from "../parts/table";

type Outcome = Schemas["DirectoryImportOut"];

export function ImportPage() {
  const { say } = useSpeech();
  const { take } = useOrganisationDeeds();
  const [on, setOn] = useState("");
  const counted = ({ opened, changed, unchanged, applied, changes }: Outcome) => {
    const told = applied ? "workbook.applied" : changes.length > 0 ? "workbook.would" : "workbook.nothing";
    return say(told, { opened, changed, unchanged });
  };
  return (
    <>
      <Heads title={say("workbook.title")}>
        <a href="/api/directory/workbooks/organisations" download>
          {say("organisations.export")}
        </a>
      </Heads>
      <p>{say("workbook.says")}</p>
      <Workbook
        take={(file, dry_run) => take(file, { dry_run, ...(on && { on }) })}
        changes={({ changes }) => changes.length > 0}
        counted={counted}
        shows={({ changes }) => changes.length > 0 && <Changes changes={changes} />}
        asks={
          <Form.Item label={say("organisations.on")} extra={say("workbook.on_says")} htmlFor="on">
            <Input id="on" type="date" value={on} onChange={({ target }) => setOn(target.value)} />
          </Form.Item>
        }
        then={<Link to="/organisations">{say("workbook.to_tree")}</Link>}
      />
    </>
  );
}

function Changes({ changes }: { changes: Outcome["changes"] }) {
  const { say } = useSpeech();
  const field = (name: string) => {
    const key = `changed.${name}`;
    return isKey(key) ? say(key) : name;
  };
  return (
    <>
      <h2>{say("workbook.changes")}</h2>
      <Table
        name={say("workbook.changes")}
        heads={[say("workbook.row"), say("organisations.slug"), say("workbook.change")]}
      >
        {changes.map((each) => (
          <tr key={each.slug}>
            <td>{each.row}</td>
            <td>{each.slug}</td>
            <td>
              {Object.entries(each.fields).map(([name, [was, is]]) => (
                <div key={name}>
                  {field(name)}: {was ? `${was} → ${is || "—"}` : is}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
