/** One value for many sessions: how far it has come, which were refused and why; those stay chosen. */

import { Alert, Button, Progress } from "antd";
import { useRef, useState } from "react";
import { Problem } from "../api/client";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { CELL_NAMES, type Names } from "./names";
import { useSessionChanges } from "./queries";
import { changeOf, MANY, type Session } from "./rules";

interface Props {
  edition: string;
  names: Names;
  chosen: readonly Session[];
  /** Which remain chosen. */
  keep: (ids: ReadonlySet<string>) => void;
}

interface Failed {
  session: Session;
  why: string;
}

/** How many are asked for at once. */
const AT_ONCE = 4;

export function Bulk({ edition, names, chosen, keep }: Props) {
  const { say, of } = useSpeech();
  const failure = useFailure();
  const { change, look } = useSessionChanges(edition);
  const [name, setName] = useState<(typeof MANY)[number]>("status");
  const [value, setValue] = useState("");
  const [running, setRunning] = useState<{ done: number; of: number }>();
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [finished, setFinished] = useState<number>();
  const stopped = useRef(false);
  const wanted = value || (name === "track_id" ? "" : (names[name][0]?.[0] ?? ""));
  const why = async (session: Session, error: unknown): Promise<string> => {
    if (!(error instanceof Problem && error.status === 412)) return failure(error);
    await look(session.id).catch(() => undefined);
    return say("programme.bulk_stale");
  };
  const go = async () => {
    stopped.current = false;
    setFailed([]);
    setFinished(undefined);
    const left = [...chosen];
    const open = new Set(chosen.map(({ id }) => id));
    const refused: Failed[] = [];
    setRunning({ done: 0, of: chosen.length });
    const work = async () => {
      for (let session = left.shift(); session && !stopped.current; session = left.shift()) {
        try {
          await change(session.id, session.version, changeOf(session, name, wanted));
          open.delete(session.id);
        } catch (error) {
          refused.push({ session, why: await why(session, error) });
        }
        setRunning({ done: chosen.length - open.size + refused.length, of: chosen.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setRunning(undefined);
    setFailed(refused);
    setFinished(chosen.length - open.size);
    keep(open);
  };
  if (chosen.length === 0 && finished === undefined) return null;
  return (
    <section className="bulk" aria-label={say("programme.bulk")}>
      {chosen.length > 0 && (
        <div className="filters">
          <b>{say("programme.bulk_chosen", { n: chosen.length })}</b>
          <OneOf
            aria-label={say("programme.bulk_field")}
            options={MANY.map((each) => [each, say(CELL_NAMES[each])] as const)}
            value={name}
            onChange={(field) => {
              setName(field as typeof name);
              setValue("");
            }}
          />
          <OneOf
            aria-label={say("programme.bulk_value")}
            options={names[name]}
            {...(name === "track_id" && { none: say("programme.no_track") })}
            value={wanted}
            onChange={setValue}
          />
          <Button type="primary" loading={running !== undefined} onClick={() => void go()}>
            {say("programme.bulk_go")}
          </Button>
          <Button onClick={running ? () => void (stopped.current = true) : () => keep(new Set())}>
            {say(running ? "programme.bulk_stop" : "programme.bulk_none")}
          </Button>
        </div>
      )}
      {running && (
        <Progress
          percent={Math.round((100 * running.done) / running.of)}
          aria-label={say("programme.bulk_progress", running)}
          format={() => `${running.done} / ${running.of}`}
        />
      )}
      <div role="status">
        {finished !== undefined && (
          <Alert
            type={failed.length ? "warning" : "success"}
            showIcon
            title={say("programme.bulk_done", { done: finished, failed: failed.length })}
            description={
              failed.length > 0 && (
                <ul>
                  {failed.map(({ session, why: reason }) => (
                    <li key={session.id}>
                      <b>{of(session.title)}</b> {reason}
                    </li>
                  ))}
                </ul>
              )
            }
            closable={{ onClose: () => setFinished(undefined), "aria-label": say("programme.bulk_close") }}
          />
        )}
      </div>
    </section>
  );
}
