import { Button, Empty, Segmented, Skeleton, Space, Tooltip } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Agenda } from "./agenda";
import { Board } from "./board";
import { Conflicts } from "./conflicts";
import { Lines } from "./lines";
import { useEditing } from "./editing";
import { useField } from "./field";
import { useHands } from "./hands";
import { useConflicts, useFollowing, useSchedule, useSessions } from "./queries";
import { type Conflict, dayOf, minutesOfClock, STEPS } from "./rules";
import { Stale } from "./stale";
import { Tray } from "./tray";
import "./schedule.css";

const [EARLIEST, LATEST] = [8 * 60, 20 * 60];

export function SchedulePage() {
  const { say, of } = useSpeech();
  const { edition: ref = "" } = useParams();
  const edition = useEdition(ref);
  const schedule = useSchedule(ref);
  const sessions = useSessions(ref);
  const conflicts = useConflicts(ref);
  const heard = useFollowing(ref, edition.data?.id);
  const [search, setSearch] = useSearchParams();
  const [step, setStep] = useState<number>(15);
  const narrow = useNarrow();

  const titles = useMemo(() => {
    const found = new Map<string, string>();
    for (const each of schedule.data?.tray ?? []) found.set(each.session_id, of(each.title));
    for (const [id, each] of sessions.data ?? []) found.set(id, of(each.title));
    return (id: string) => found.get(id) ?? "…";
  }, [schedule.data?.tray, sessions.data, of]);
  const rooms = useMemo(() => {
    const found = new Map(schedule.data?.rooms.map((room) => [room.id, of(room.name)]));
    return (id: string | null | undefined) => found.get(id ?? "") ?? say("schedule.no_room");
  }, [schedule.data?.rooms, of, say]);
  const levels = useMemo(() => {
    const found = new Map<string, Conflict["level"]>();
    for (const kind of conflicts.data?.kinds ?? []) {
      for (const each of kind.conflicts) for (const id of each.sessions) if (!found.has(id)) found.set(id, each.level);
    }
    return found;
  }, [conflicts.data]);
  const hours = useMemo<readonly [number, number]>(
    () => [
      minutesOfClock(edition.data?.hours_start ?? null, EARLIEST),
      minutesOfClock(edition.data?.hours_end ?? null, LATEST),
    ],
    [edition.data?.hours_start, edition.data?.hours_end],
  );
  const editing = useEditing(ref, schedule.data, titles, rooms);
  useShortcuts(editing.undo, editing.redo);
  const days = schedule.data?.days ?? [];
  const asked = search.get("day");
  const day = asked && days.includes(asked) ? asked : (days[0] ?? "");
  const field = useField(schedule.data, day, hours, step);
  const layer = useRef<HTMLDivElement>(null);
  const { carrying, drop, takeOff } = editing;
  const hands = useHands({ carrying, field, layer, onDrop: drop, onTakeOff: takeOff });

  if (!edition.data || !schedule.data) {
    const failed = edition.error ?? schedule.error;
    return failed ? <Failure error={failed} /> : <Skeleton active />;
  }
  const travel = (session: string) => {
    const placement = schedule.data.placements.find((each) => each.session_id === session);
    if (placement) setSearch({ day: dayOf(placement.start_local) }, { replace: true });
    editing.focus(session);
  };
  return (
    <>
      <div className="heads">
        <h1>
          {of(edition.data.name)} · {say("schedule.title")}
        </h1>
        <span className="live" data-heard={heard}>
          {say(heard ? "schedule.following" : "schedule.not_following")}
        </span>
      </div>
      {narrow ? (
        <Agenda schedule={schedule.data} titles={titles} rooms={rooms} />
      ) : schedule.data.rooms.length === 0 ? (
        <Empty description={say("schedule.no_rooms")} />
      ) : (
        <>
          <Space wrap className="tools">
            <Segmented
              aria-label={say("schedule.days")}
              options={days.map((each) => ({ value: each, label: each.slice(5) }))}
              value={day}
              onChange={(chosen) => setSearch({ day: chosen }, { replace: true })}
            />
            <Segmented
              aria-label={say("schedule.step")}
              value={step}
              onChange={setStep}
              options={STEPS.map((n) => ({ value: n, label: say("schedule.minutes", { n }) }))}
            />
            <Button disabled={!editing.history.done.length} onClick={editing.undo}>
              {say("schedule.undo")}
            </Button>
            <Button disabled={!editing.history.undone.length} onClick={editing.redo}>
              {say("schedule.redo")}
            </Button>
            <Tooltip title={say("schedule.help")} trigger={["hover", "focus", "click"]}>
              <Button aria-label={say("schedule.help")}>?</Button>
            </Tooltip>
          </Space>
          {editing.error ? <Failure error={editing.error} /> : null}
          <div className="desk">
            <Tray tray={schedule.data.tray} titles={titles} carrying={editing.carrying} hands={hands} />
            <Board
              field={field}
              layer={layer}
              hands={hands}
              titles={titles}
              levels={levels}
              carrying={editing.carrying}
              focused={editing.focused}
            />
            <Conflicts conflicts={conflicts.data} onTravel={travel} />
          </div>
          <Lines carrying={editing.carrying} titles={titles} rooms={rooms} day={day} said={editing.said} />
          <Stale editing={editing} titles={titles} rooms={rooms} />
        </>
      )}
    </>
  );
}

function useNarrow(): boolean {
  const [query] = useState(() => matchMedia("(max-width: 700px)"));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const look = () => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, [query]);
  return narrow;
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
