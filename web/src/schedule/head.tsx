/** The head of a room's column, and what may be done with it. */

import { Dropdown } from "antd";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { LockSign } from "./block";
import type { Field } from "./field";
import { lockOn } from "./rules";

interface Props {
  room: Field["rooms"][number];
  field: Field;
  onLock: (lock: Schemas["LockIn"]) => void;
  onUnlock: (lock: string) => void;
  onAside: (room: string) => void;
}

/** A menu stands within the board, which is named, and not beside all that is. */
function within(head: HTMLElement): HTMLElement {
  return head.parentElement ?? head;
}

export function Head({ room, field, onLock, onUnlock, onAside }: Props) {
  const { say } = useSpeech();
  const { id } = room;
  if (id === null) return <div className="room">{room.name}</div>;
  const { day, locks } = field;
  const locked = lockOn(locks, id, day) !== undefined;
  const whole = locks.find((each) => each.room_id === id && each.day === null);
  const today = locks.find((each) => each.room_id === id && each.day === day);
  const items = [
    whole
      ? { key: "whole", label: say("schedule.unlock_room"), onClick: () => onUnlock(whole.id) }
      : { key: "whole", label: say("schedule.lock_room"), onClick: () => onLock({ room_id: id }) },
    today
      ? { key: "today", label: say("schedule.unlock_room_day", { day }), onClick: () => onUnlock(today.id) }
      : { key: "today", label: say("schedule.lock_room_day", { day }), onClick: () => onLock({ room_id: id, day }) },
    { key: "aside", label: say("schedule.put_aside"), onClick: () => onAside(id) },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }} autoFocus getPopupContainer={within}>
      <button type="button" className="room" title={room.name} aria-haspopup="menu">
        <b>{room.name}</b> {room.seats !== null && <small>{room.seats}</small>}
        {locked && (
          <>
            <LockSign />
            <span className="unseen">{say("schedule.locked")}</span>
          </>
        )}
      </button>
    </Dropdown>
  );
}
