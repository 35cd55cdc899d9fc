/** The rooms that an edition uses, in the order of its board; chosen from the venues that there are. */

import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Empty, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { Heads } from "../parts/heads";
import { MoveButtons } from "../parts/order";
import { Picker } from "../parts/picker";
import { Remove } from "../parts/remove";
import { useRooms, useThisEdition } from "./queries";

type Room = Schemas["services__events__venues__schemas__RoomOut"];

const readVenue = (venue_id: string) =>
  told(api.GET("/api/events/venues/{venue_id}", { params: { path: { venue_id } } }));

const venues = {
  kind: "venue",
  find: async (q: string) =>
    (await told(api.GET("/api/events/venues", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: readVenue,
};

export function RoomsPage() {
  const { say, of } = useSpeech();
  const may = useRights();
  const edition = useThisEdition();
  const queries = useQueryClient();
  const rooms = useRooms(edition.id);
  const [venue, setVenue] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const [said, setSaid] = useState("");
  const names = useQueries({
    queries: [...new Set(rooms.data?.map((room) => room.venue_id))].map((id) => ({
      queryKey: ["picked", "venue", id],
      queryFn: () => readVenue(id),
    })),
  });
  const nameOf = (id: string) => of(names.find((each) => each.data?.id === id)?.data?.name);
  const renew = async () => {
    for (const key of ["edition rooms", "schedule", "conflicts", "edition history"]) {
      await queries.invalidateQueries({ queryKey: [key] });
    }
  };
  const take = async (room_id: string, position?: number) => {
    setError(undefined);
    try {
      const body = { room_id, ...(position !== undefined && { position }) };
      await told(api.POST("/api/events/editions/{ref}/rooms", { params: { path: { ref: edition.id } }, body }));
      return true;
    } catch (caught) {
      setError(caught);
      return false;
    } finally {
      await renew();
    }
  };
  const leave = async (room_id: string) => {
    const params = { path: { ref: edition.id, room_id } };
    await told(api.DELETE("/api/events/editions/{ref}/rooms/{room_id}", { params }));
    await renew();
  };
  const own = rooms.data;
  const about = (room: Room) => {
    const seats = room.seats === null ? "" : say("rooms.seats", { seats: room.seats });
    return [nameOf(room.venue_id), room.building, room.floor, seats].filter(Boolean).join(" · ");
  };
  const organizes = may("organizer");
  const move = async (index: number, by: number) => {
    const room = own?.[index];
    if (!room) return;
    const moved = await take(room.id, index + by);
    setSaid(moved ? say("rooms.moved", { name: of(room.name), place: index + by + 1 }) : "");
  };
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.rooms")}`} />
      <section className="part">
        <h2>{say("rooms.used")}</h2>
        {rooms.error && <Failure error={rooms.error} />}
        {!own && !rooms.error && <Skeleton active />}
        {own?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("rooms.none")} />}
        <ol className="cards">
          {own?.map((room, index) => (
            <li key={room.id} className="strip" data-row={room.id}>
              <span>
                <b>{of(room.name)}</b> <span className="faint">{about(room)}</span>
              </span>
              {organizes && (
                <span className="states">
                  <MoveButtons name={of(room.name)} at={index} of={own.length} move={(by) => move(index, by)} />
                  <Remove name={of(room.name)} effect={say("rooms.leave_effect")} remove={() => leave(room.id)} />
                </span>
              )}
            </li>
          ))}
        </ol>
        <p role="status">{said}</p>
      </section>
      {organizes && (
        <section className="part entry">
          <h2>{say("rooms.choose")}</h2>
          <Picker source={venues} aria-label={say("rooms.venue")} value={venue} onChange={setVenue} />
          {!venue && <Link to="/venues/new">{say("rooms.new_venue")}</Link>}
          {error !== undefined && <Failure error={error} />}
          {venue && <RoomsOf venue={venue} used={new Set(own?.map((room) => room.id))} take={take} leave={leave} />}
        </section>
      )}
    </>
  );
}

interface RoomsOfProps {
  venue: string;
  used: ReadonlySet<string>;
  take: (room: string) => Promise<unknown>;
  leave: (room: string) => Promise<void>;
}

/** The rooms of a venue; those that the edition uses are ticked. */
function RoomsOf({ venue, used, take, leave }: RoomsOfProps) {
  const { say, of } = useSpeech();
  const [ticking, setTicking] = useState<{ room: string; wanted: boolean }>();
  const [error, setError] = useState<unknown>();
  const rooms = useQuery({
    queryKey: ["rooms of", venue],
    queryFn: () =>
      told(
        api.GET("/api/events/venues/{venue_id}/rooms", {
          params: { path: { venue_id: venue }, query: { limit: 100, archived: false } },
        }),
      ),
  });
  if (rooms.error) return <Failure error={rooms.error} />;
  if (!rooms.data) return <Skeleton active />;
  if (rooms.data.items.length === 0) {
    return (
      <p>
        {say("rooms.venue_empty")} <Link to={`/venues/${venue}`}>{say("rooms.add_to_venue")}</Link>
      </p>
    );
  }
  const tick = async (room: string, wanted: boolean) => {
    setError(undefined);
    setTicking({ room, wanted });
    try {
      await (wanted ? take(room) : leave(room));
    } catch (caught) {
      setError(caught);
    }
    setTicking(undefined);
  };
  const ticked = (room: string) => (ticking?.room === room ? ticking.wanted : used.has(room));
  return (
    <>
      <ul className="ticks">
        {rooms.data.items.map((room) => (
          <li key={room.id}>
            <Checkbox checked={ticked(room.id)} onChange={({ target }) => void tick(room.id, target.checked)}>
              {of(room.name)}{" "}
              {room.seats !== null && <span className="faint">{say("rooms.seats", { seats: room.seats })}</span>}
            </Checkbox>
          </li>
        ))}
      </ul>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
