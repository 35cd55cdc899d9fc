/** A workbook that is tried first: what it would do and every problem by its cell, then, where one wants it, for good. */

import { Alert, Button, Form, Space } from "antd";
import { type ReactNode, useState } from "react";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Drop } from "../parts/drop";
import { Table } from "../parts/table";

interface Outcome {
  applied: boolean;
  problems: readonly Schemas["ImportProblem"][];
}

interface Props<Told extends Outcome> {
  take: (file: File, dryRun: boolean) => Promise<Told>;
  /** Whether it would change anything. */
  changes: (told: Told) => boolean;
  /** What it did, or would do, in one sentence. */
  counted: (told: Told) => string;
  /** What else is told of it. */
  shows?: (told: Told) => ReactNode;
  /** What is asked before it is taken. */
  asks?: ReactNode;
  /** Where to go once it is taken. */
  then?: ReactNode;
}

export function Workbook<Told extends Outcome>({ take, changes, counted, shows, asks, then }: Props<Told>) {
  const { say } = useSpeech();
  const [file, setFile] = useState<File>();
  const [told, setTold] = useState<Told>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (taken: File, dryRun: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      setTold(await take(taken, dryRun));
    } catch (caught) {
      setError(caught);
      setTold(undefined);
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File) => {
    setFile(chosen);
    setTold(undefined);
    void send(chosen, true);
  };
  return (
    <Form layout="vertical" className="entry" onFinish={() => file && void send(file, false)}>
      <Drop label={say("workbook.file")} accept=".xlsx" file={file} onChoose={choose} />
      <div role="status">{busy && <p>{say("workbook.reading")}</p>}</div>
      {error !== undefined && <Failure error={error} />}
      {told && <Verdict told={told} counted={counted(told)} />}
      {told && shows?.(told)}
      {told && !told.applied && told.problems.length === 0 && changes(told) && (
        <>
          {asks}
          <Space wrap>
            <Button type="primary" htmlType="submit" loading={busy}>
              {say("workbook.apply")}
            </Button>
          </Space>
        </>
      )}
      {told?.applied && then}
    </Form>
  );
}

function Verdict({ told: { applied, problems }, counted }: { told: Outcome; counted: string }) {
  const { say, of } = useSpeech();
  if (problems.length === 0) return <Alert showIcon type={applied ? "success" : "info"} title={counted} />;
  return (
    <>
      <Alert showIcon type="error" title={say("workbook.problems", { n: problems.length })} />
      <h2>{say("workbook.problem_list")}</h2>
      <Table name={say("workbook.problem_list")} heads={[say("workbook.cell"), say("workbook.problem")]}>
        {problems.map((each) => (
          <tr key={each.cell + each.code}>
            <td>{each.cell}</td>
            <td>{of(each.message)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
