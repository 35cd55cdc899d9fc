/** The way of a file: chosen, looked at without changing anything, applied, and told of. */

import { Alert, Button, Form, Select, Space } from "antd";
import { type ReactNode, useState } from "react";
import { Problem } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Drop } from "../parts/drop";
import { Go } from "../parts/go";
import { Faults } from "./faults";
import { Found } from "./found";
import { Progress } from "./progress";
import { type Asked, type Outcome, type Take, useApply, useLook } from "./queries";
import { changesAnything, ENDINGS, faultsOf, FORMATS } from "./rules";
import "./imports.css";

interface Props {
  target: Pick<Asked, "edition" | "create" | "series">;
  /** What is assumed of the zone where neither the file nor the reader names one. */
  zone: string;
  onFile?: (file: File) => void;
  children?: ReactNode;
}

type Options = Pick<Asked, "zone" | "language" | "format">;

export function Wizard({ target, zone, onFile, children }: Props) {
  const { say } = useSpeech();
  const [file, setFile] = useState<File>();
  const [options, setOptions] = useState<Options>({});
  const [take, setTake] = useState<Take | null>(null);
  const { look, giveUp } = useLook();
  const apply = useApply();
  const asked = { ...target, ...options };
  const forget = () => {
    giveUp();
    apply.reset();
    setTake(null);
  };
  const choose = (chosen: File) => {
    forget();
    setFile(chosen);
    onFile?.(chosen);
  };
  const side = (chosen: Take) => {
    if (!file) return;
    setTake(chosen);
    apply.reset();
    look.mutate({ file, asked: { ...asked, take: chosen } });
  };
  if (apply.data) {
    return (
      <Done
        outcome={apply.data}
        onAnother={() => {
          forget();
          setFile(undefined);
        }}
      />
    );
  }
  const found = look.data;
  const waiting = found && found.both_changed.length > 0 && take === null;
  return (
    <>
      <section className="sheet">
        <h2>{say("import.file")}</h2>
        <Drop label={say("import.choose")} accept={ENDINGS} file={file} onChoose={choose} />
        <Form layout="vertical" component="div" className="options">
          {children}
          <Reading
            zone={zone}
            options={options}
            onChange={(changed) => {
              forget();
              setOptions({ ...options, ...changed });
            }}
          />
        </Form>
        {look.isPending ? (
          <Progress said={say("import.looking")} onGiveUp={giveUp} />
        ) : (
          <Button
            type={found ? "default" : "primary"}
            disabled={!file || !target.edition}
            onClick={() => file && look.mutate({ file, asked: { ...asked, take } })}
          >
            {say("import.look")}
          </Button>
        )}
      </section>
      {look.error && <Refused error={look.error} />}
      {found && (
        <section className="sheet" data-found>
          <h2>{say("import.found")}</h2>
          <Found outcome={found} take={take} onTake={side} />
          {waiting && <Alert type="warning" showIcon title={say("import.choose_first")} />}
          {!changesAnything(found) && !waiting && <Alert type="info" showIcon title={say("import.nothing")} />}
          {apply.error && <Refused error={apply.error} />}
          {apply.isPending ? (
            <Progress said={say("import.applying")} />
          ) : (
            <Button
              type="primary"
              disabled={waiting || !changesAnything(found) || look.isPending}
              onClick={() => file && apply.mutate({ file, asked: { ...asked, take } })}
            >
              {say("import.apply")}
            </Button>
          )}
        </section>
      )}
    </>
  );
}

function Refused({ error }: { error: unknown }) {
  const faults = error instanceof Problem ? faultsOf(error.facts) : [];
  return faults.length ? <Faults faults={faults} /> : <Failure error={error} />;
}

interface ReadingProps {
  zone: string;
  options: Options;
  onChange: (changed: Options) => void;
}

function Reading({ zone, options, onChange }: ReadingProps) {
  const { say } = useSpeech();
  const zones = Intl.supportedValuesOf("timeZone").map((name) => ({ value: name, label: name }));
  const formats = FORMATS.map((name) => ({ value: name, label: name }));
  return (
    <>
      <Form.Item label={say("import.format")} htmlFor="import-format">
        <Select<string>
          id="import-format"
          value={options.format ?? ""}
          onChange={(format) => onChange({ format })}
          options={[{ value: "", label: say("import.format_auto") }, ...formats]}
        />
      </Form.Item>
      <Form.Item label={say("import.zone")} htmlFor="import-zone">
        <Select
          id="import-zone"
          showSearch
          value={options.zone ?? ""}
          onChange={(name) => onChange({ zone: name || null })}
          options={[{ value: "", label: zone }, ...zones]}
        />
      </Form.Item>
      <Form.Item label={say("import.language")} htmlFor="import-language">
        <Select<"" | "zh" | "en">
          id="import-language"
          value={options.language ?? ""}
          onChange={(language) => onChange({ language: language || null })}
          options={[
            { value: "", label: say("import.language_auto") },
            { value: "zh", label: say("import.zh") },
            { value: "en", label: say("import.en") },
          ]}
        />
      </Form.Item>
    </>
  );
}

function Done({ outcome, onAnother }: { outcome: Outcome; onAnother: () => void }) {
  const { say } = useSpeech();
  const { created, changed } = outcome.sessions;
  const at = `/editions/${outcome.edition}`;
  return (
    <section className="sheet" data-done>
      <Alert type="success" showIcon role="status" title={say("import.done", { created, changed })} />
      <Space wrap className="ways">
        <Go to={at}>{say("import.to_edition")}</Go>
        <Go to={`${at}/schedule`} primary>
          {say("import.to_schedule")}
        </Go>
        <Go to={`${at}/releases/next`}>{say("import.to_release")}</Go>
        <Button onClick={onAnother}>{say("import.another")}</Button>
      </Space>
    </section>
  );
}
