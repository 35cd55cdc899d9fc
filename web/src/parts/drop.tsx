/** Where a file, or several, are chosen, or dropped. */

import { type DragEvent, type ReactNode, useState } from "react";
import { useSpeech } from "../frame/language";

interface Props {
  label: string;
  /** The endings that are offered. */
  accept: string;
  file: File | undefined;
  onChoose: (file: File) => void;
}

export function Drop({ label, accept, file, onChoose }: Props) {
  const { say } = useSpeech();
  return (
    <Choosing label={label} accept={accept} onChoose={([chosen]) => chosen && onChoose(chosen)}>
      <b role="status">{file && say("parts.chosen", { name: file.name, kb: Math.ceil(file.size / 1024) })}</b>
    </Choosing>
  );
}

interface ChoosingProps {
  label: string;
  /** What it is called, where there are several alike. */
  name?: string;
  accept: string;
  /** Whether several are taken at once. */
  several?: boolean;
  /** Whether it takes no more room than a button. */
  small?: boolean;
  onChoose: (files: File[]) => void;
  children?: ReactNode;
}

export function Choosing({ label, name, accept, several = false, small = false, onChoose, children }: ChoosingProps) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length > 0) onChoose(several ? dropped : dropped.slice(0, 1));
  };
  return (
    <label
      className={small ? "drop small" : "drop"}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span>{label}</span>
      <input
        type="file"
        accept={accept}
        multiple={several}
        aria-label={name}
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          if (chosen.length > 0) onChoose(chosen);
          target.value = ""; // so that the same file, once corrected, can be chosen again
        }}
      />
      {children}
    </label>
  );
}
