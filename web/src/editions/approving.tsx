/** Where an edition asks that another person approves: how that person is asked, and what they are shown. */

import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { Link, useHref, useLocation } from "react-router";
import { Problem } from "../api/client";
import { useSpeech } from "../frame/language";
import { inWords } from "../parts/differences";
import { useWord } from "../parts/word";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { approve, type Approval, useRenew, useThisEdition } from "./queries";
import type { Deed, Edition } from "./rules";
import { Table } from "../parts/table";

type Content = Approval["content"];

/** Return whether a refusal says that nobody else has approved yet. */
export function isUnapproved(error: unknown): boolean {
  return error instanceof Problem && error.type.endsWith("/approval-missing");
}

interface AskProps {
  edition: Edition;
  deed: Deed;
  content: Content;
}

/** What to do where an approval is missing: hand on the address at which it is given, then do the same again. */
export function AskApproval({ edition, deed, content }: AskProps) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const said = new URLSearchParams({ deed, version: String(edition.version), content: JSON.stringify(content) });
  const path = useHref(`/editions/${edition.slug}/approve#${said.toString()}`);
  const address = `${location.origin}${path}`;
  return (
    <Alert
      type="warning"
      showIcon
      title={say("approve.missing")}
      description={
        <>
          <p>{say("approve.how")}</p>
          <p>
            <Input aria-label={say("approve.address")} readOnly value={address} />
          </p>
          <Button onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>
            {say("approve.copy")}
          </Button>{" "}
          <span role="status">{copied && say("approve.copied")}</span>
        </>
      }
    />
  );
}

function readAsked(hash: string): Omit<Approval, "note"> | null {
  const said = new URLSearchParams(hash.slice(1));
  try {
    const content: unknown = JSON.parse(said.get("content") ?? "{}");
    const version = Number(said.get("version"));
    if (typeof content !== "object" || content === null || !(version > 0)) return null;
    return { deed: said.get("deed") as Deed, content: content as Content, version };
  } catch {
    return null;
  }
}

/** What somebody wants to do and another is asked to approve. */
export function ApprovePage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const edition = useThisEdition();
  const renew = useRenew();
  const [done, setDone] = useState(false);
  const asked = readAsked(useLocation().hash);
  const back = <Link to={`/editions/${edition.slug}/lifecycle`}>{say("edition.lifecycle")}</Link>;
  const send = async ({ note }: { note: string }) => {
    if (!asked) return;
    await approve(edition.id, { ...asked, note });
    await renew();
    setDone(true);
  };
  const body = () => {
    if (!asked) return <p>{say("approve.unreadable")}</p>;
    if (done) return <Alert type="success" showIcon title={say("approve.done")} />;
    if (asked.version !== edition.version) return <Alert type="warning" showIcon title={say("approve.stale")} />;
    return (
      <>
        <p>{say("approve.asked", { name: of(edition.name), deed: word("deed", asked.deed) })}</p>
        <Wanted edition={edition} content={asked.content} />
        <Entry<{ note: string }> start={{ note: "" }} send={send} submit={say("approve.submit")}>
          <Form.Item name="note" label={say("approve.note")}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </Entry>
      </>
    );
  };
  return (
    <>
      <Heads title={say("approve.title")} />
      {body()}
      <p>{back}</p>
    </>
  );
}

/** Every field that would change: as it is, and as it would be. */
function Wanted({ edition, content }: { edition: Edition; content: Content }) {
  const { say } = useSpeech();
  const word = useWord();
  const fields = Object.entries(content).filter(([name]) => name !== "id");
  if (fields.length === 0) return null;
  const now = edition as unknown as Record<string, unknown>;
  return (
    <Table name={say("approve.content")} heads={[say("approve.field"), say("approve.before"), say("approve.after")]}>
      {fields.map(([name, value]) => (
        <tr key={name}>
          <th scope="row">{word("edition.field", name)}</th>
          <td>{inWords(now[name])}</td>
          <td>{inWords(value)}</td>
        </tr>
      ))}
    </Table>
  );
}
