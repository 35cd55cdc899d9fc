/** Rows from a spreadsheet become sessions in the tray: shown first, with what is wrong with each, then made one by one. */

import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Space } from "antd";
import { useMemo, useState } from "react";
import { api, Problem, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { kindsBy, type Line, readRows, type Row } from "./pasted";
import { words } from "./words";

const NAMED = kindsBy((kind) => words[`kindof.${kind}`]);
/** So many rows are shown, and can be made, at once. */
const MOST = 500;

/** What became of a row: it was made, or why it was not. */
type Outcome = { made: true } | { made: false; why: string };

interface Props {
  edition: string;
  onClose: () => void;
}

export function Paste({ edition, onClose }: Props) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const lines = useMemo(() => readRows(text, NAMED).slice(0, MOST), [text]);
  const left = lines.filter((line) => line.row && !outcomes.get(line.number)?.made);
  const refused = lines.filter((line) => !line.row).length;
  const made = [...outcomes.values()].filter((each) => each.made).length;

  const make = async () => {
    setBusy(true);
    for (const line of left) {
      if (!line.row) continue;
      const outcome = await create(edition, line.row);
      setOutcomes((old) => new Map(old).set(line.number, outcome));
    }
    setBusy(false);
    for (const part of ["schedule", "sessions"]) void queries.invalidateQueries({ queryKey: [part, edition] });
  };
  return (
    <Modal
      open
      width={760}
      title={say("paste.title")}
      onCancel={onClose}
      mask={{ closable: !text }}
      footer={
        <Space wrap>
          <Button onClick={onClose}>{say("paste.close")}</Button>
          <Button type="primary" disabled={left.length === 0} loading={busy} onClick={() => void make()}>
            {say("paste.make", { n: left.length })}
          </Button>
        </Space>
      }
    >
      <Form layout="vertical">
        <Form.Item label={say("paste.rows")} htmlFor="pasted" extra={say("paste.help")}>
          <Input.TextArea
            id="pasted"
            rows={6}
            autoFocus
            value={text}
            disabled={busy || made > 0}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
      <p role="status">{lines.length > 0 && say("paste.counts", { n: lines.length, refused, made })}</p>
      {lines.length > 0 && <Preview lines={lines} outcomes={outcomes} />}
    </Modal>
  );
}

function Preview({ lines, outcomes }: { lines: readonly Line[]; outcomes: ReadonlyMap<number, Outcome> }) {
  const { say } = useSpeech();
  return (
    <div className="preview" tabIndex={0} role="region" aria-label={say("paste.preview")}>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("paste.line")}</th>
            <th scope="col">{say("paste.zh")}</th>
            <th scope="col">{say("paste.en")}</th>
            <th scope="col">{say("paste.minutes")}</th>
            <th scope="col">{say("schedule.kind")}</th>
            <th scope="col">{say("paste.state")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ number, cells, row, refusals }) => {
            const outcome = outcomes.get(number);
            const refused = refusals.map((each) => say(each)).join(" ");
            const state = outcome ? (outcome.made ? say("paste.made") : outcome.why) : refused;
            return (
              <tr key={number} data-refused={!row || outcome?.made === false}>
                <td>{number}</td>
                <td>{cells[0]}</td>
                <td>{cells[1]}</td>
                <td>{row ? row.minutes : cells[2]}</td>
                <td>{row ? say(`kindof.${row.kind}`) : cells[3]}</td>
                <td>{state || say("paste.ready")}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

async function create(ref: string, { title, minutes, kind }: Row): Promise<Outcome> {
  const body = { title, kind, duration_minutes: minutes } as Schemas["SessionIn"]; // what is left out has its default
  try {
    await told(api.POST("/api/events/editions/{ref}/sessions", { params: { path: { ref } }, body }));
    return { made: true };
  } catch (error) {
    return { made: false, why: error instanceof Problem ? error.message : String(error) };
  }
}
