/** On the day, by phone: what is on and what comes next in each room, what is changed at once, and its release. */

import { Alert, Button, Empty, Segmented, Skeleton } from "antd";
import { Search } from "../parts/search";
import { useEffect, useState } from "react";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { useFilters } from "../parts/lists";
import { useMoments, wallTime } from "../parts/moments";
import { useFollowing, useSchedule, useSessions } from "../schedule/queries";
import { dayOf } from "../schedule/rules";
import { type Deeds, useDeeds } from "./deeds";
import { ReleaseBar } from "./release_bar";
import { RoomCard } from "./room_card";
import { dayShown, roomsOf } from "./rules";
import "./today.css";

const SEARCHED = 8;

export function TodayPage() {
  const { say, of } = useSpeech();
  const { day: spoken } = useMoments();
  const edition = useThisEdition();
  const schedule = useSchedule(edition.slug);
  const sessions = useSessions(edition.slug);
  const deeds = useDeeds(edition.slug, schedule.data);
  const now = useNow();
  const [filters, change] = useFilters(["day", "room"]);
  useFollowing(edition.slug, edition.id);
  const error = schedule.error ?? sessions.error;
  if (!schedule.data || !sessions.data) return error ? <Failure error={error} /> : <Skeleton active />;
  const { days, rooms: known } = schedule.data;
  const local = wallTime(now, edition.zone);
  const day = dayShown(days, filters.day, local);
  const found = sessions.data;
  const rooms = roomsOf(schedule.data, day, now, (session) => found.get(session)?.status !== "cancelled");
  const names = new Map(known.map((room) => [room.id, of(room.name)]));
  const wanted = rooms.filter(({ id }) => names.get(id)?.toLowerCase().includes(filters.room.toLowerCase()));
  return (
    <div className="today">
      <Heads title={say("today.title")}>
        <span>{say("today.clock", { time: local.slice(11, 16) })}</span>
      </Heads>
      {days.length > 1 && (
        <Segmented
          aria-label={say("today.days")}
          size="large"
          options={days.map((each) => ({ value: each, label: each.slice(5) }))}
          value={day}
          onChange={(chosen) => change({ day: chosen })}
        />
      )}
      {day && !days.includes(dayOf(local)) && (
        <Alert type="info" showIcon title={say("today.other_day", { day: spoken(day) })} />
      )}
      <Done deeds={deeds} />
      {rooms.length > SEARCHED && (
        <Search
          size="large"
          label={say("today.search")}
          value={filters.room}
          onChange={(words) => change({ room: words })}
        />
      )}
      {rooms.length === 0 && <Empty description={say("today.nothing")} />}
      <div className="room-cards">
        {wanted.map((room) => (
          <RoomCard key={room.id} room={room} names={names} sessions={found} deeds={deeds} />
        ))}
      </div>
      <ReleaseBar />
    </div>
  );
}

/** What was done from here, with what it brought about; the latest can be taken back. */
function Done({ deeds }: { deeds: Deeds }) {
  const { say, of } = useSpeech();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const undo = async () => {
    setRunning(true);
    setError(undefined);
    await deeds.undo().catch(setError);
    setRunning(false);
  };
  const some = deeds.done.length > 0;
  return (
    <section className="deeds-done" aria-label={say("today.deeds")} data-some={some || deeds.told !== undefined}>
      {some && <h2>{say("today.deeds")}</h2>}
      <div role="status">
        {deeds.told && <p>{say(deeds.told)}</p>}
        <ol>
          {deeds.done.map((deed, n) => (
            <li key={deeds.done.length - n}>
              {say(deed.key, deed.values)}
              {deed.made[0] && (
                <div className="made">
                  {say("today.made", { n: deed.made.length, first: of(deed.made[0].message) })}
                </div>
              )}
            </li>
          ))}
        </ol>
      </div>
      {some && (
        <Button size="large" loading={running} onClick={() => void undo()}>
          {say("today.undo")}
        </Button>
      )}
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}

/** Return the present moment, anew every few seconds. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
