/** Where a file is chosen, or dropped. */

import { type DragEvent, useState } from "react";
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
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onChoose(dropped);
  };
  return (
    <label
      className="drop"
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
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onChoose(chosen);
          target.value = ""; // so that the same file, once corrected, can be chosen again
        }}
      />
      <b role="status">{file && say("parts.chosen", { name: file.name, kb: Math.ceil(file.size / 1024) })}</b>
    </label>
  );
}
