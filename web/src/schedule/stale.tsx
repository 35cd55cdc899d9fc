/** Both versions of what two people have moved, to choose from. */

import { Button, Modal, Space } from "antd";
import { useSpeech } from "../frame/language";
import type { Editing } from "./editing";
import { staleSteps } from "./history";
import { clock, dayOf, minutesOf, type Place } from "./rules";

interface Props {
  editing: Editing;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
}

export function Stale({ editing, titles, rooms }: Props) {
  const { say } = useSpeech();
  const { stale, standing, settle } = editing;
  if (!stale) return null;
  const words = (place: Place | null) => {
    if (!place) return say("schedule.in_tray");
    const day = dayOf(place.start_local);
    return `${day} ${clock(minutesOf(place.start_local, day))} ${rooms(place.room_id)}`;
  };
  const moved = staleSteps(stale.deed, standing);
  const shown = moved.length ? moved : stale.deed.slice(0, 1);
  return (
    <Modal
      open
      title={say("schedule.stale")}
      onCancel={() => settle(false)}
      footer={
        <Space wrap>
          <Button onClick={() => settle(true)}>{say("schedule.move_anyway")}</Button>
          <Button type="primary" onClick={() => settle(false)}>
            {say("schedule.keep_theirs")}
          </Button>
        </Space>
      }
    >
      {shown.map((step) => (
        <div key={step.session}>
          <p>
            <b>{titles(step.session)}</b>
          </p>
          <p>{say("schedule.theirs", { place: words(standing(step.session)) })}</p>
          <p>{say("schedule.yours", { place: words(step.after) })}</p>
        </div>
      ))}
    </Modal>
  );
}
