/** Where a schedule is arranged: board, tray, conflicts, and what is done with them. */

import { Alert } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { askedNow } from "../parts/lists";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useBySession } from "../presence/names";
import type { Present } from "../presence/rules";
import { Board } from "./board";
import { Conflicts } from "./conflicts";
import { useEditing } from "./editing";
import { SCALES, useField, type View } from "./field";
import { sessionAt, useHands } from "./hands";
import { Lines } from "./lines";
import { Paste } from "./paste";
import { usePeople } from "./people";
import { useConflicts, useLockPlacement, useLocks, useSessions, useTracks } from "./queries";
import { USUAL } from "./reach";
import { type Conflict, dayOf, lockOn, minutesOfClock, type Place, type Schedule } from "./rules";
import { useSelection } from "./selection";
import { Stale } from "./stale";
import { Tools } from "./tools";
import { Tray } from "./tray";

const [EARLIEST, LATEST] = [8 * 60, 20 * 60];

interface Props {
  /** How the edition is named in addresses. */
  address: string;
  edition: Schemas["EditionOut"];
  schedule: Schedule;
  titles: (session: string) => string;
  rooms: (room: string | null | undefined) => string;
  /** Who else is here. */
  others: readonly Present[];
  /** Told at which session one is. */
  onGoTo: (session: string | undefined) => void;
}

export function Desk({ address, edition, schedule: told, titles, rooms, others, onGoTo }: Props) {
  const { say, of } = useSpeech();
  const { data: sessions } = useSessions(address);
  const conflicts = useConflicts(address);
  const tracks = useTracks(address);
  const locks = useLocks(address);
  const lockPlacement = useLockPlacement(address);
  const [search, setSearch] = useSearchParams();
  const [view, setView] = useState<View>({ step: 15, scale: SCALES[1], aside: new Set() });
  const [pasting, setPasting] = useState(false);
  const [focused, setFocused] = useState<{ session: string }>();
  const [named, setNamed] = useState<string | null>(null);
  const layer = useRef<HTMLDivElement>(null);

  const wanted = search.get("session");
  if (wanted !== named) {
    setNamed(wanted);
    if (wanted) setFocused({ session: wanted });
  }
  const put = useCallback(
    (name: string, value: string | undefined) => {
      const next = askedNow();
      if (value === (next.get(name) ?? undefined)) return;
      if (value) next.set(name, value);
      else next.delete(name);
      setSearch(next, { replace: true });
    },
    [setSearch],
  );
  const show = useCallback(
    (session: string, place: Place | null) => {
      if (place) put("day", dayOf(place.start_local));
      setView((old) => (old.aside.has(place?.room_id ?? "") ? { ...old, aside: new Set() } : old));
      setFocused({ session });
    },
    [put],
  );
  const editing = useEditing({ ref: address, schedule: told, titles, rooms, show });
  const { schedule } = editing;
  const there = schedule.placements.find((each) => each.session_id === wanted);
  const asked = search.get("day") ?? (there && dayOf(there.start_local));
  const day = asked && schedule.days.includes(asked) ? asked : (schedule.days[0] ?? "");
  const { carrying, placed, standing, tell } = editing;
  const selection = useSelection(day, schedule, titles, tell);
  const people = usePeople(sessions, search.get("person") ?? undefined);
  const hours = useMemo<readonly [number, number]>(
    () => [minutesOfClock(edition.hours_start, EARLIEST), minutesOfClock(edition.hours_end, LATEST)],
    [edition.hours_start, edition.hours_end],
  );
  const field = useField(schedule, day, hours, view);
  const levels = useMemo(() => {
    const found = new Map<string, Conflict["level"]>();
    for (const kind of conflicts.data?.kinds ?? []) {
      for (const each of kind.conflicts) {
        if (each.acceptance_id === null) for (const id of each.sessions) if (!found.has(id)) found.set(id, each.level);
      }
    }
    return found;
  }, [conflicts.data]);
  const trackNames = useMemo(
    () => tracks.data?.map((each) => ({ value: each.id, label: of(each.name) })) ?? [],
    [tracks.data, of],
  );

  const lock = (session: string) => {
    const placement = placed(session);
    if (!placement) return;
    const key = placement.locked ? "schedule.was_unlocked" : "schedule.was_locked";
    lockPlacement.mutate(placement, { onSuccess: () => tell({ key, values: { title: titles(session) } }) });
  };
  const hands = useHands(carrying, layer, {
    field,
    days: schedule.days,
    placed: standing,
    selected: selection.selected,
    held: (session) => {
      const each = placed(session);
      return (
        each !== undefined && (each.locked || lockOn(field.locks, each.room_id, dayOf(each.start_local)) !== undefined)
      );
    },
    length: (session) => sessions?.get(session)?.duration_minutes ?? USUAL,
    onDrop: editing.drop,
    onTakeOff: editing.takeOff,
    onSelect: selection.toggle,
    onClear: selection.clear,
    onLock: lock,
    onDay: (chosen) => put("day", chosen),
    onHeld: (session) => tell({ key: "schedule.is_locked", values: { title: titles(session) } }),
  });
  const travel = useCallback((session: string) => show(session, standing(session)), [show, standing]);
  const { mutate: changeLocks } = locks;
  const onLock = useCallback((each: Schemas["LockIn"]) => changeLocks({ lock: each }), [changeLocks]);
  const onUnlock = useCallback((id: string) => changeLocks({ unlock: id }), [changeLocks]);
  const setAside = (room: string, aside: boolean) =>
    setView((old) => {
      const others = [...old.aside].filter((each) => each !== room);
      return { ...old, aside: new Set(aside ? [...others, room] : others) };
    });
  const onAside = useCallback((room: string) => setAside(room, true), []);
  const openPaste = useCallback(() => setPasting(true), []);
  const present = useBySession(others);
  const failed = editing.error ?? locks.error ?? lockPlacement.error;
  return (
    <>
      <Tools
        address={address}
        days={schedule.days}
        field={field}
        view={view}
        onView={setView}
        onDay={(chosen) => put("day", chosen)}
        onLock={onLock}
        onUnlock={onUnlock}
        onBack={(room) => setAside(room, false)}
        onPerson={(id) => put("person", id)}
        people={people}
        editing={editing}
        selection={selection}
        onLockSessions={(ids) => ids.forEach(lock)}
      />
      {failed ? <Failure error={failed} /> : null}
      {editing.waiting > 0 && <Alert type="warning" showIcon title={say("schedule.waiting", { n: editing.waiting })} />}
      <div className="desk" {...hands} onFocus={({ target }) => onGoTo(sessionAt(target) ?? carrying.get()?.session)}>
        <Tray
          tray={schedule.tray}
          sessions={sessions}
          tracks={trackNames}
          carrying={carrying}
          others={present}
          onPaste={openPaste}
        />
        <Board
          edition={address}
          field={field}
          layer={layer}
          titles={titles}
          levels={levels}
          peopleOf={people.of}
          carrying={carrying}
          focused={focused}
          selected={selection.selected}
          marked={people.marked}
          others={present}
          onLock={onLock}
          onUnlock={onUnlock}
          onAside={onAside}
        />
        <Conflicts edition={address} conflicts={conflicts.data} onTravel={travel} />
      </div>
      <Lines carrying={carrying} titles={titles} rooms={rooms} day={day} said={editing.said} />
      {pasting && <Paste edition={address} onClose={() => setPasting(false)} />}
      <Stale editing={editing} titles={titles} rooms={rooms} />
    </>
  );
}
