/** One room: what it has, when it is open, and what was done to it. */

import { Checkbox, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { api, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { changesOf } from "../parts/differences";
import { Counts } from "../parts/counts";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { History } from "../audit/history";
import { Remove } from "../parts/remove";
import { insteadOf, type Standing, useStanding } from "../parts/standing";
import { type Stretch, stretchesOf } from "../parts/stretches";
import { StretchRows, Week } from "../parts/windows";
import { askRoom, useRoom, useRoomWindows, useVenue, useVenueChanges } from "./queries";
import { LAYOUTS, type Room, type RoomEntry, roomEntry, roomOf, type Venue, windowsOf } from "./rules";

export function NewRoomPage() {
  const { say, of } = useSpeech();
  const { venue: id = "" } = useParams();
  const go = useNavigate();
  const { data: venue } = useVenue(id);
  const { addRoom } = useVenueChanges();
  const [start] = useState(() => roomEntry());
  return (
    <>
      <Heads title={say("venues.new_room")}>
        <Link to={`/venues/${id}`}>{of(venue?.name)}</Link>
      </Heads>
      <Entry<RoomEntry>
        start={start}
        send={async (entry) => {
          const room = await addRoom(id, roomOf({ ...start, ...entry }));
          await go(`/venues/${id}/rooms/${room.id}`);
        }}
      >
        <RoomFields />
      </Entry>
    </>
  );
}

function RoomFields({ old = false }: { old?: boolean }) {
  const { say } = useSpeech();
  const count = <Input type="number" min={0} />;
  return (
    <>
      <Both name="name" label={say("venues.name")} />
      <div className="beside-each-other">
        <Form.Item name="building" label={say("venues.building")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="floor" label={say("venues.floor")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="seats" label={say("venues.seats")}>
          {count}
        </Form.Item>
        <Form.Item name="interpretation_booths" label={say("venues.booths")}>
          <Input type="number" min={0} max={100} />
        </Form.Item>
        <Form.Item name="buffer_minutes" label={say("venues.buffer")}>
          <Input type="number" min={0} max={1440} />
        </Form.Item>
      </div>
      <fieldset className="lines">
        <legend>{say("venues.capacity")}</legend>
        <div className="beside-each-other">
          {LAYOUTS.map((layout) => (
            <Form.Item key={layout} name={["capacity", layout]} label={say(`layout.${layout}`)}>
              {count}
            </Form.Item>
          ))}
        </div>
      </fieldset>
      <Counts name="equipment" legend={say("venues.equipment")} />
      <Form.Item name="accessible" valuePropName="checked">
        <Checkbox>{say("venues.accessible")}</Checkbox>
      </Form.Item>
      {old && (
        <Form.Item name="archived" valuePropName="checked">
          <Checkbox>{say("venues.archive")}</Checkbox>
        </Form.Item>
      )}
    </>
  );
}

export function RoomPage() {
  const { venue: venueId = "", room: id = "" } = useParams();
  const room = useRoom(id);
  const venue = useVenue(venueId);
  const error = room.error ?? venue.error;
  if (!room.data || !venue.data) return error ? <Failure error={error} /> : <Skeleton active />;
  return <OneRoom key={id} loaded={room.data} venue={venue.data} />;
}

function OneRoom({ loaded, venue }: { loaded: Room; venue: Venue }) {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const { changeRoom, removeRoom } = useVenueChanges();
  const standing = useStanding(loaded, () => askRoom(loaded.id));
  const { seen: room, version } = standing;
  const labels = {
    name: say("venues.name"),
    building: say("venues.building"),
    floor: say("venues.floor"),
    seats: say("venues.seats"),
    equipment: say("venues.equipment"),
  };
  return (
    <>
      <Heads title={of(room.name)}>
        <Link to={`/venues/${venue.id}`}>{of(venue.name)}</Link>
        <Remove
          name={of(room.name)}
          remove={async () => {
            await removeRoom(room.id, version);
            await go(`/venues/${venue.id}`);
          }}
        />
      </Heads>
      <Entry<RoomEntry>
        start={roomEntry(loaded)}
        send={async (entry) => {
          const before = roomEntry(room);
          const changes = changesOf(roomOf(before), roomOf({ ...before, ...entry }));
          await standing.save((on) => changeRoom(room.id, on, changes));
        }}
        instead={insteadOf(standing, labels)}
      >
        <RoomFields old />
      </Entry>
      <section aria-labelledby="windows">
        <h2 id="windows">{say("venues.windows")}</h2>
        <Windows standing={standing} zone={venue.zone} />
      </section>
      <History
        labels={labels}
        of={["room", room.id, room.version]}
        ask={() => told(api.GET("/api/events/rooms/{room_id}/history", { params: { path: { room_id: room.id } } }))}
      />
    </>
  );
}

interface WindowsEntry {
  windows: Stretch[];
}

function Windows({ standing, zone }: { standing: Standing<Room>; zone: string }) {
  const { say } = useSpeech();
  const { putWindows } = useVenueChanges();
  const { seen: room } = standing;
  const { data, error } = useRoomWindows(room.id);
  const [form] = Form.useForm<WindowsEntry>();
  const typed = Form.useWatch("windows", form) as Stretch[] | undefined;
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  const start = stretchesOf(data);
  return (
    <>
      <Entry<WindowsEntry>
        form={form}
        start={{ windows: start }}
        submit={say("venues.save_windows")}
        send={({ windows }) => standing.save((version) => putWindows(room.id, version, windowsOf(windows)))}
        instead={insteadOf(standing)}
      >
        <p>{say("venues.windows_help", { zone })}</p>
        <StretchRows legend={say("venues.windows")} closable />
      </Entry>
      <Week windows={typed ?? start} start={new Date().toISOString().slice(0, 10)} />
    </>
  );
}
