/** Both versions of a session that two people have moved, to choose from. */

import { Button, Modal, Space } from "antd";
import { useSpeech } from "../frame/language";
import type { Editing } from "./editing";
import { clock, dayOf, minutesOf, type Place } from "./rules";

interface Props {
  editing: Editing;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
}

export function Stale({ editing, titles, rooms }: Props) {
  const { say } = useSpeech();
  const { stale, standing, settle } = editing;
  const words = (place: Place | null) => {
    if (!place) return say("schedule.in_tray");
    const day = dayOf(place.start_local);
    return `${day} ${clock(minutesOf(place.start_local, day))} ${rooms(place.room_id)}`;
  };
  return (
    <Modal
      open={stale !== undefined}
      title={say("schedule.stale")}
      onCancel={() => settle(false)}
      footer={
        <Space>
          <Button onClick={() => settle(true)}>{say("schedule.move_anyway")}</Button>
          <Button type="primary" onClick={() => settle(false)}>
            {say("schedule.keep_theirs")}
          </Button>
        </Space>
      }
    >
      <p>
        <b>{stale && titles(stale.step.session)}</b>
      </p>
      <p>{say("schedule.theirs", { place: words(standing) })}</p>
      <p>{stale && say("schedule.yours", { place: words(stale.step.after) })}</p>
    </Modal>
  );
}
