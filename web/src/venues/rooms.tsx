/** The rooms of a venue, in the order in which they are shown everywhere. */

import { Button, Checkbox, Empty, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { MoveButtons, useOrder } from "../parts/order";
import { useRooms, useVenueChanges } from "./queries";
import type { Room, Venue } from "./rules";
import { Table } from "../parts/table";

export function RoomsOfVenue({ venue }: { venue: Venue }) {
  const { say } = useSpeech();
  const go = useNavigate();
  const [archivedToo, setArchivedToo] = useState(false);
  const { data: rooms, error } = useRooms(venue.id);
  const shown = rooms?.filter((room) => archivedToo || !room.archived);
  return (
    <>
      <div className="heads">
        <h2>{say("venues.rooms")}</h2>
        {rooms?.some((room) => room.archived) && (
          <Checkbox checked={archivedToo} onChange={({ target }) => setArchivedToo(target.checked)}>
            {say("venues.archived_too")}
          </Checkbox>
        )}
        <Button onClick={() => void go(`/venues/${venue.id}/rooms/new`)}>{say("venues.new_room")}</Button>
      </div>
      {error ? <Failure error={error} /> : !shown && <Skeleton active />}
      {shown?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("venues.no_rooms")} />}
      {shown && shown.length > 0 && <Rooms rooms={shown} />}
    </>
  );
}

function Rooms({ rooms }: { rooms: readonly Room[] }) {
  const { say, of } = useSpeech();
  const { changeRoom, renew } = useVenueChanges();
  const { busy, move } = useOrder(rooms, (room, position) => changeRoom(room.id, room.version, { position }), renew);
  return (
    <Table
      name={say("venues.rooms")}
      heads={[
        say("venues.room"),
        say("venues.building"),
        say("venues.floor"),
        say("venues.seats"),
        say("venues.order"),
      ]}
    >
      {rooms.map((room, number) => (
        <tr key={room.id} data-row={room.id}>
          <td>
            <Link to={`/venues/${room.venue_id}/rooms/${room.id}`}>{of(room.name)}</Link>{" "}
            {room.archived && <Tag>{say("venues.archived")}</Tag>}
          </td>
          <td>{room.building}</td>
          <td>{room.floor}</td>
          <td>{room.seats}</td>
          <td>
            <Space>
              <MoveButtons
                name={of(room.name)}
                at={number}
                of={rooms.length}
                busy={busy}
                move={(by) => move(room.id, by)}
              />
            </Space>
          </td>
        </tr>
      ))}
    </Table>
  );
}
