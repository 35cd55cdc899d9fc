/** Printing a nomination, and for its unit the page that is sealed, with the scans that came back. */

import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { idOf } from "../nominations/fields";
import { useRenewNominations } from "../nominations/queries";
import type { Draft } from "../nominations/saving";
import { Moment } from "../parts/moment";
import { Drop } from "../parts/drop";
import { Entry } from "../parts/entry";
import { keep } from "../parts/keeping";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { Mark } from "../parts/tag";
import { Who } from "../parts/who";
import { printed, sendScan, useScans } from "./queries";

const LANGUAGES = ["zh", "en"] as const;

export function Printing({ draft, writes }: { draft: Draft; writes: boolean }) {
  const { say } = useSpeech();
  const { nomination } = draft;
  const unit = nomination.part !== "candidate";
  const name = nomination.number ?? (nomination.name || "nomination");
  return (
    <section className="form-part" id={idOf("/seal")} tabIndex={-1}>
      <h2>{say("prints.title")}</h2>
      <p className="faint">{say(unit ? "prints.says" : "prints.own")}</p>
      <div className="acts">
        {LANGUAGES.map((language) => (
          <Print key={language} draft={draft} what="whole" language={language} name={`${name}-${language}.pdf`} />
        ))}
        {nomination.part === "unit" &&
          LANGUAGES.map((language) => (
            <Print key={language} draft={draft} what="seal" language={language} name={`${name}-seal-${language}.pdf`} />
          ))}
      </div>
      {unit && <Scans draft={draft} writes={writes} />}
    </section>
  );
}

interface PrintProps {
  draft: Draft;
  what: Parameters<typeof printed>[1];
  language: (typeof LANGUAGES)[number];
  name: string;
}

function Print({ draft, what, language, name }: PrintProps) {
  const { say } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const label = say(what === "whole" ? `print_whole.${language}` : `print_seal.${language}`);
  const get = async () => {
    setBusy(true);
    setError(undefined);
    try {
      if (draft.changed && !(await draft.save())) setError("not saved");
      else keep(await printed(draft.nomination.id, what, language), name);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button loading={busy} onClick={() => void get()}>
        {label}
      </Button>
      {error === "not saved" ? (
        <Alert type="warning" showIcon title={say("prints.not_saved")} />
      ) : (
        error !== undefined && <Failure error={error} />
      )}
    </>
  );
}

function Scans({ draft, writes }: { draft: Draft; writes: boolean }) {
  const { say } = useSpeech();
  const { nomination } = draft;
  const scans = useScans(nomination);
  const stale = scans.data && scans.data.length > 0 && !scans.data.some(({ holds }) => holds);
  return (
    <>
      <h3>{say("prints.scans")}</h3>
      {stale && <Alert type="warning" showIcon title={say("prints.stale")} />}
      <Listing
        name={say("prints.scans")}
        list={whole(scans)}
        keyOf={(scan) => scan.id}
        empty={say("prints.none")}
        columns={[
          {
            key: "file",
            title: say("prints.scans"),
            cell: (scan) => (
              <a href={`/api/awards/sealed-scans/${scan.id}/content`} download>
                {scan.name}
              </a>
            ),
          },
          { key: "code", title: say("prints.code"), cell: (scan) => <code>{scan.check_code}</code> },
          {
            key: "state",
            title: say("prints.state"),
            cell: (scan) => (
              <Mark kind={scan.holds ? "fine" : "warns"}>{say(scan.holds ? "prints.holds" : "prints.other")}</Mark>
            ),
          },
          {
            key: "sent",
            title: say("prints.sent_at"),
            cell: (scan) => (
              <>
                <Who account={scan.made_by} />
                <div>
                  <Moment at={scan.made_at} />
                </div>
              </>
            ),
          },
        ]}
      />
      {writes && nomination.part === "unit" && <SendScan nomination={nomination.id} key={scans.data?.length ?? 0} />}
    </>
  );
}

function SendScan({ nomination }: { nomination: string }) {
  const { say } = useSpeech();
  const renew = useRenewNominations();
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState(false);
  const [part, setPart] = useState<number>();
  const send = async ({ check_code }: { check_code: string }) => {
    setMissing(!file);
    if (!file) return;
    setPart(0);
    try {
      await sendScan(nomination, check_code, file, setPart);
    } finally {
      setPart(undefined);
    }
    await renew(nomination);
  };
  return (
    <Entry<{ check_code: string }>
      start={{}}
      send={send}
      submit={say("prints.send")}
      about={{ "sealed-for-other-content": ["check_code"] }}
    >
      <Form.Item
        name="check_code"
        label={say("prints.code")}
        extra={say("prints.code_help")}
        rules={[{ required: true, message: say("parts.needed") }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Drop
        label={say("prints.file")}
        accept=".pdf,.jpg,.jpeg,.png"
        file={file}
        onChoose={(chosen) => {
          setFile(chosen);
          setMissing(false);
        }}
      />
      {missing && <Alert type="warning" showIcon title={say("prints.file_needed")} />}
      {part !== undefined && (
        <p role="status">
          {say("prints.sending", { percent: Math.floor(part * 100) })}
          <progress aria-label={say("prints.send")} max={1} value={part} />
        </p>
      )}
    </Entry>
  );
}
