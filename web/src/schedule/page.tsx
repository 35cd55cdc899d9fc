/** The schedule of an edition: to arrange at a desk, to read on a phone. */

import { Empty, Skeleton } from "antd";
import { useEffect, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { useEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Here } from "../presence/here";
import { usePresence } from "../presence/queries";
import { Agenda } from "./agenda";
import { Desk } from "./desk";
import { useFollowing, useSchedule } from "./queries";
import "./schedule.css";
import "./board.css";

export function SchedulePage() {
  const { say, of } = useSpeech();
  const { edition: ref = "" } = useParams();
  const edition = useEdition(ref);
  const schedule = useSchedule(ref);
  const heard = useFollowing(ref, edition.data?.id);
  const { others, goTo } = usePresence(ref);
  const narrow = useNarrow();
  const { placements, tray } = schedule.data ?? {};

  const titles = useMemo(() => {
    const found = new Map<string, string>();
    for (const each of [...(placements ?? []), ...(tray ?? [])]) found.set(each.session_id, of(each.title));
    return (id: string) => found.get(id) ?? "…";
  }, [placements, tray, of]);
  const rooms = useMemo(() => {
    const found = new Map(schedule.data?.rooms.map((room) => [room.id, of(room.name)]));
    return (id: string | null | undefined) => found.get(id ?? "") ?? say("schedule.no_room");
  }, [schedule.data?.rooms, of, say]);

  if (!edition.data || !schedule.data) {
    const failed = edition.error ?? schedule.error;
    return failed ? <Failure error={failed} /> : <Skeleton active />;
  }
  return (
    <>
      <div className="heads">
        <h1>
          {of(edition.data.name)} · {say("schedule.title")}
        </h1>
        <Here others={others} titles={titles} />
        <span className="live" data-heard={heard}>
          {say(heard ? "schedule.following" : "schedule.not_following")}
        </span>
      </div>
      {narrow ? (
        <Agenda schedule={schedule.data} titles={titles} rooms={rooms} />
      ) : schedule.data.rooms.length === 0 ? (
        <Empty description={say("schedule.no_rooms")}>
          <Link className="action" to={`/editions/${ref}/rooms`}>
            {say("edition.rooms")}
          </Link>
        </Empty>
      ) : (
        <Desk
          address={ref}
          edition={edition.data}
          schedule={schedule.data}
          titles={titles}
          rooms={rooms}
          others={others}
          onGoTo={goTo}
        />
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
