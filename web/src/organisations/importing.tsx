/** Organisations out of a workbook: first what it would do and every problem by its cell, then, where one wants it, for good. */

import { Alert, Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { isKey, useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { useOrganisationDeeds } from "./queries";

type Outcome = Schemas["DirectoryImportOut"];

export function ImportPage() {
  const { say } = useSpeech();
  const { take } = useOrganisationDeeds();
  const [file, setFile] = useState<File>();
  const [on, setOn] = useState("");
  const [outcome, setOutcome] = useState<Outcome>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (taken: File, dry_run: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      setOutcome(await take(taken, { dry_run, ...(on && { on }) }));
    } catch (caught) {
      setError(caught);
      setOutcome(undefined);
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setOutcome(undefined);
    if (chosen) void send(chosen, true);
  };
  const takes = outcome && !outcome.applied && outcome.problems.length === 0 && outcome.changes.length > 0;
  return (
    <>
      <Heads title={say("workbook.title")}>
        <a href="/api/directory/workbooks/organisations" download>
          {say("organisations.export")}
        </a>
      </Heads>
      <p>{say("workbook.says")}</p>
      <Form layout="vertical" className="entry" onFinish={() => file && void send(file, false)}>
        <Form.Item label={say("workbook.file")} htmlFor="workbook">
          <input id="workbook" type="file" accept=".xlsx" onChange={({ target }) => choose(target.files?.[0])} />
        </Form.Item>
        <div role="status">{busy && <p>{say("workbook.reading")}</p>}</div>
        {error !== undefined && <Failure error={error} />}
        {outcome && <Told outcome={outcome} />}
        {takes && (
          <>
            <Form.Item label={say("organisations.on")} extra={say("workbook.on_says")} htmlFor="on">
              <Input id="on" type="date" value={on} onChange={({ target }) => setOn(target.value)} />
            </Form.Item>
            <Space wrap>
              <Button type="primary" htmlType="submit" loading={busy}>
                {say("workbook.apply")}
              </Button>
            </Space>
          </>
        )}
        {outcome?.applied && <Link to="/organisations">{say("workbook.to_tree")}</Link>}
      </Form>
    </>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const { say } = useSpeech();
  const { opened, changed, unchanged, problems, changes, applied } = outcome;
  const counts = { opened, changed, unchanged };
  const title = applied
    ? say("workbook.applied", counts)
    : problems.length > 0
      ? say("workbook.problems", { n: problems.length })
      : say(changes.length > 0 ? "workbook.would" : "workbook.nothing", counts);
  return (
    <>
      <Alert showIcon type={applied ? "success" : problems.length > 0 ? "error" : "info"} title={title} />
      {problems.length > 0 && <Problems problems={problems} />}
      {changes.length > 0 && <Changes changes={changes} />}
    </>
  );
}

function Problems({ problems }: { problems: Outcome["problems"] }) {
  const { say, of } = useSpeech();
  return (
    <>
      <h2>{say("workbook.problem_list")}</h2>
      <div className="wide" role="region" aria-label={say("workbook.problem_list")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{say("workbook.cell")}</th>
              <th scope="col">{say("workbook.problem")}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((each) => (
              <tr key={each.cell + each.code}>
                <td>{each.cell}</td>
                <td>{of(each.message)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
      <div className="wide" role="region" aria-label={say("workbook.changes")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{say("workbook.row")}</th>
              <th scope="col">{say("organisations.slug")}</th>
              <th scope="col">{say("workbook.change")}</th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </>
  );
}
