/** A whole list taken along as a file: it is seen that it is made and comes in, and it can be given up. */

import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Problem } from "../api/client";

interface Props {
  path: string;
  filters?: Record<string, string>;
  /** What the file is called, without its ending. */
  name: string;
}

interface Going {
  /** How many bytes are there. */
  bytes: number;
  /** How many seconds it takes already. */
  seconds: number;
}

export function Exporting({ path, filters = {}, name }: Props) {
  const { say, language } = useSpeech();
  const [going, setGoing] = useState<Going>();
  const [error, setError] = useState<unknown>();
  const ended = useRef<AbortController>(null);
  useEffect(() => () => ended.current?.abort(), []);
  const take = async () => {
    const { signal } = (ended.current = new AbortController());
    setError(undefined);
    setGoing({ bytes: 0, seconds: 0 });
    const timer = setInterval(() => setGoing((now) => now && { ...now, seconds: now.seconds + 1 }), 1000);
    try {
      const address = `${path}?${new URLSearchParams({ ...filters, format: "xlsx" }).toString()}`;
      const answer = await fetch(address, { signal, headers: { "Accept-Language": language } });
      if (!answer.ok) throw new Problem(answer.status, (await answer.json()) as Record<string, unknown>);
      keep(await whole(answer, (bytes) => setGoing((now) => now && { ...now, bytes })), `${name}.xlsx`);
    } catch (caught) {
      if (!signal.aborted) setError(caught);
    } finally {
      clearInterval(timer);
      setGoing(undefined);
    }
  };
  if (!going)
    return (
      <>
        <Button onClick={() => void take()}>{say("parts.xlsx")}</Button>
        {error !== undefined && <Failure error={error} />}
      </>
    );
  const said = going.bytes
    ? say("parts.coming_in", { kb: Math.ceil(going.bytes / 1024) })
    : say("parts.being_made", { n: going.seconds });
  return (
    <span className="files">
      <progress aria-label={say("parts.xlsx")} />
      <span role="status">{said}</span>
      <Button onClick={() => ended.current?.abort()}>{say("parts.cancel")}</Button>
    </span>
  );
}

/** Return all of an answer, told of how much of it is there. */
async function whole(answer: Response, told: (bytes: number) => void): Promise<Blob> {
  const reader = answer.body?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    parts.push(step.value);
    bytes += step.value.length;
    told(bytes);
  }
  return new Blob(parts, { type: answer.headers.get("content-type") ?? "" });
}

function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
