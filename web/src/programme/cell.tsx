/** A cell that is edited where it stands: Enter or a click opens it, Enter and Tab keep what was entered, Escape not. */

import { Input } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Problem } from "../api/client";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { nameOf, type Options } from "./names";
import { useSessionChanges } from "./queries";
import { type CellName, cellOf, changeOf, type Session } from "./rules";

interface Props {
  edition: string;
  session: Session;
  name: CellName;
  /** What the cell is called. */
  label: string;
  /** What may be chosen; without it something is written. */
  options: Options | undefined;
}

export function Cell(props: Props) {
  const [open, setOpen] = useState<"mouse" | "keys">();
  const root = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  useEffect(() => {
    if (open || !back.current) return;
    back.current = false;
    root.current?.focus();
  }, [open]);
  const value = cellOf(props.session, props.name);
  if (open) {
    const close = (focus: boolean) => {
      back.current = focus;
      setOpen(undefined);
    };
    return <Editor {...props} before={value} mouse={open === "mouse"} close={close} />;
  }
  const shown = nameOf(props.options, value) || "–";
  return (
    <button
      type="button"
      className="cell"
      ref={root}
      aria-label={`${props.label}: ${shown}`}
      data-cell={props.name}
      onClick={({ detail }) => setOpen(detail > 0 ? "mouse" : "keys")}
    >
      {shown}
    </button>
  );
}

interface EditorProps extends Props {
  before: string;
  mouse: boolean;
  close: (focus: boolean) => void;
}

function Editor({ edition, session, name, label, options, before, mouse, close }: EditorProps) {
  const { say } = useSpeech();
  const failure = useFailure();
  const { change, look } = useSessionChanges(edition);
  const [value, setValue] = useState(before);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState("");
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = root.current?.querySelector<HTMLInputElement | HTMLSelectElement>("input, select");
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }, []);
  const keep = async (entered: string, focus: boolean) => {
    if (saving) return;
    if (entered === before) {
      close(focus);
      return;
    }
    setSaving(true);
    try {
      await change(session.id, session.version, changeOf(session, name, entered));
      close(focus && root.current?.contains(document.activeElement) === true);
    } catch (error) {
      setSaving(false);
      if (!(error instanceof Problem && error.status === 412)) {
        const told = error instanceof Problem ? error.fields[0]?.message : undefined;
        setRefused(told ?? failure(error));
        return;
      }
      const theirs = await look(session.id).catch(() => session);
      setRefused(say("programme.cell_stale", { value: nameOf(options, cellOf(theirs, name)) || "–" }));
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") close(true);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) void keep(value, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (entered: string) => {
    setValue(entered);
    if (mouse) void keep(entered, true);
  };
  return (
    <div
      className="open-cell"
      ref={root}
      onKeyDown={press}
      onBlur={({ relatedTarget }) => {
        // What was refused waits for an answer: it is neither sent again nor lost by a look elsewhere.
        if (!refused && !root.current?.contains(relatedTarget)) void keep(value, false);
      }}
    >
      {options ? (
        <OneOf
          aria-label={label}
          value={value}
          options={options}
          {...(name === "track_id" && { none: say("programme.no_track") })}
          aria-busy={saving}
          onChange={choose}
        />
      ) : (
        <Input
          aria-label={label}
          value={value}
          {...(name === "duration_minutes" ? { type: "number", min: 1 } : { maxLength: 2000 })}
          {...(refused && { status: "error" as const })}
          aria-busy={saving}
          onChange={({ target }) => setValue(target.value)}
        />
      )}
      {refused && (
        <p role="alert" className="refused">
          {refused}
        </p>
      )}
    </div>
  );
}
