/** The tools above the board: which day, how large, what to undo, what to do with what is selected. */

import { Button, Segmented, Select, Space, Tooltip } from "antd";
import { useEffect } from "react";
import type { Schemas } from "../api/client";
import { useSpeech } from "../frame/language";
import { Go } from "../parts/go";
import type { Editing } from "./editing";
import { type Field, SCALES, type View } from "./field";
import type { People } from "./people";
import { STEPS } from "./rules";
import type { Selection } from "./selection";

interface Props {
  /** How the edition is named in addresses. */
  address: string;
  days: readonly string[];
  field: Field;
  view: View;
  people: People;
  editing: Editing;
  selection: Selection;
  onView: (view: View) => void;
  onDay: (day: string) => void;
  onLock: (lock: Schemas["LockIn"]) => void;
  onUnlock: (lock: string) => void;
  onBack: (room: string) => void;
  onPerson: (person: string | undefined) => void;
  onLockSessions: (sessions: readonly string[]) => void;
}

export function Tools({ address, days, field, view, people, editing, selection, ...on }: Props) {
  const { say } = useSpeech();
  const { undo, redo } = editing;
  useShortcuts(undo, redo);
  const { day } = field;
  const locked = field.locks.find((each) => each.room_id === null && each.day === day);
  const size = SCALES.findIndex((each) => each === view.scale);
  const zoom = (by: number) => on.onView({ ...view, scale: SCALES[size + by] ?? view.scale });
  return (
    <div className="tools">
      <Space wrap>
        <Segmented
          aria-label={say("schedule.days")}
          options={days.map((each) => ({ value: each, label: <span data-day={each}>{each.slice(5)}</span> }))}
          value={day}
          onChange={on.onDay}
        />
        <Button onClick={() => (locked ? on.onUnlock(locked.id) : on.onLock({ day }))}>
          {say(locked ? "schedule.unlock_day" : "schedule.lock_day")}
        </Button>
        <Segmented
          aria-label={say("schedule.step")}
          value={view.step}
          onChange={(step) => on.onView({ ...view, step })}
          options={STEPS.map((n) => ({ value: n, label: say("schedule.minutes", { n }) }))}
        />
        <Space.Compact>
          <Button aria-label={say("schedule.smaller")} disabled={size === 0} onClick={() => zoom(-1)}>
            −
          </Button>
          <Button aria-label={say("schedule.larger")} disabled={size === SCALES.length - 1} onClick={() => zoom(1)}>
            +
          </Button>
        </Space.Compact>
        <Button disabled={!editing.history.done.length} onClick={undo}>
          {say("schedule.undo")}
        </Button>
        <Button disabled={!editing.history.undone.length} onClick={redo}>
          {say("schedule.redo")}
        </Button>
        {people.all.length > 0 && (
          <Select
            showSearch={{ optionFilterProp: "label" }}
            allowClear
            className="person"
            aria-label={say("schedule.person")}
            placeholder={say("schedule.person")}
            value={people.chosen}
            onChange={on.onPerson}
            options={[...people.all]}
          />
        )}
        {people.marked && <span role="status">{say("schedule.marked_count", { n: people.marked.size })}</span>}
        <Tooltip title={say("schedule.help")} trigger={["hover", "focus", "click"]}>
          <Button aria-label={say("schedule.keys")}>?</Button>
        </Tooltip>
        <Go to={`/editions/${address}/releases/next`}>{say("releases.next")}</Go>
        <Go to={`/editions/${address}/print`}>{say("releases.print")}</Go>
      </Space>
      {field.aside.length > 0 && (
        <Space wrap size={4}>
          <span>{say("schedule.aside")}</span>
          {field.aside.map((room) => (
            <Button key={room.id} size="small" onClick={() => on.onBack(room.id)}>
              {say("schedule.bring_back", { room: room.name })}
            </Button>
          ))}
        </Space>
      )}
      <Chosen editing={editing} selection={selection} onLockSessions={on.onLockSessions} />
    </div>
  );
}

/** What may be done with what is selected. */
function Chosen({ editing, selection, onLockSessions }: Pick<Props, "editing" | "selection" | "onLockSessions">) {
  const { say } = useSpeech();
  const { selected, clear } = selection;
  const [one, other] = selected;
  if (selected.size === 0) return null;
  return (
    <Space wrap role="group" aria-label={say("schedule.selection")} className="chosen">
      <b>{say("schedule.selected_count", { n: selected.size })}</b>
      <Button size="small" disabled={selected.size !== 2} onClick={() => one && other && editing.swap(one, other)}>
        {say("schedule.swap")}
      </Button>
      <Button size="small" onClick={() => onLockSessions([...selected])}>
        {say("schedule.lock_or_unlock")}
      </Button>
      <Button size="small" onClick={clear}>
        {say("schedule.clear")}
      </Button>
    </Space>
  );
}

function useShortcuts(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (writing || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) redo();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [undo, redo]);
}
