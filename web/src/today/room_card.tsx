/** One room on the day: what is on, what comes next, and what can be done about it. */

import { Tag } from "antd";
import { useSpeech } from "../frame/language";
import { Confirm } from "../parts/confirm";
import { spanOf } from "../printing/rules";
import type { Placement } from "../schedule/rules";
import type { Deeds, Session } from "./deeds";
import { ChangeRoom, Delay } from "./rest";
import type { RoomDay } from "./rules";

interface Props {
  room: RoomDay;
  names: ReadonlyMap<string, string>;
  sessions: ReadonlyMap<string, Session>;
  deeds: Deeds;
}

export function RoomCard({ room, names, sessions, deeds }: Props) {
  const { say, of } = useSpeech();
  const name = names.get(room.id) ?? "";
  const titled = (placement: Placement | undefined, otherwise: string) =>
    placement ? `${spanOf(placement)} ${of(sessions.get(placement.session_id)?.title)}` : otherwise;
  const standing = room.all.filter((each) => sessions.get(each.session_id)?.status !== "cancelled");
  const rest = {
    room: room.id,
    name,
    first: room.on ?? room.next,
    choices: standing.map((each) => ({ value: each.start_local, label: titled(each, "") })),
    deeds,
  };
  return (
    <section className="room-card" aria-label={name}>
      <h2>{name}</h2>
      <dl>
        <dt>{say("today.on")}</dt>
        <dd data-on={room.on !== undefined}>{titled(room.on, say("today.nothing_on"))}</dd>
        <dt>{say("today.next")}</dt>
        <dd>{titled(room.next, say("today.nothing_next"))}</dd>
      </dl>
      <div className="acts-now">
        {rest.choices.length > 0 && <Delay {...rest} />}
        {rest.choices.length > 0 && <ChangeRoom {...rest} names={names} />}
      </div>
      <details>
        <summary>{say("today.all", { n: room.all.length })}</summary>
        <ul>
          {room.all.map((each) => (
            <li key={each.session_id}>
              <span>{titled(each, "")}</span>
              <CallOff session={sessions.get(each.session_id)} deeds={deeds} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function CallOff({ session, deeds }: { session: Session | undefined; deeds: Deeds }) {
  const { say, of } = useSpeech();
  if (!session) return null;
  if (session.status === "cancelled") return <Tag>{say("today.off")}</Tag>;
  const title = of(session.title);
  return (
    <Confirm
      danger
      size="large"
      label={say("today.call_off")}
      name={say("today.call_off_named", { title })}
      question={say("today.call_off_title", { title })}
      act={() => deeds.callOff(session, { title })}
    >
      {say("today.call_off_told")}
    </Confirm>
  );
}
