/** How long it takes on foot between rooms, and between buildings, where that is not what the venue says of all. */

import { Form, Input, Skeleton } from "antd";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Entry } from "../parts/entry";
import { numberOf } from "../parts/numbers";
import { insteadOf, type Standing } from "../parts/standing";
import { Lines } from "../parts/lines";
import { useRooms, useVenueChanges, useWalks } from "./queries";
import { buildingsOf, type Venue, type Walk } from "./rules";

interface Way {
  one: string;
  other: string;
  minutes: string;
}

type Kind = Walk["kind"];
type Ways = Partial<Record<Kind, Way[]>>;
const KINDS = ["room", "building"] as const satisfies readonly Kind[];

export function Walks({ standing }: { standing: Standing<Venue> }) {
  const { say, of } = useSpeech();
  const { seen: venue } = standing;
  const { putWalks } = useVenueChanges();
  const rooms = useRooms(venue.id);
  const walks = useWalks(venue.id);
  const error = rooms.error ?? walks.error;
  if (!rooms.data || !walks.data) return error ? <Failure error={error} /> : <Skeleton active />;
  const known = walks.data as readonly Walk[];
  const buildings = buildingsOf(rooms.data, known);
  const ends: Record<Kind, (readonly [string, string])[]> = {
    room: rooms.data.map((room) => [room.id, of(room.name)] as const),
    building: buildings.map((name) => [name, name] as const),
  };
  if (ends.room.length < 2) return <p>{say("venues.no_ends")}</p>;
  const waysOf = (kind: Kind) =>
    known.filter((walk) => walk.kind === kind).map((walk) => ({ ...walk, minutes: String(walk.minutes) }));
  return (
    <Entry<Ways>
      start={{ room: waysOf("room"), building: waysOf("building") }}
      submit={say("venues.save_walks")}
      send={async (ways) => {
        const sent = KINDS.flatMap((kind) =>
          (ways[kind] ?? []).map(({ one, other, minutes }) => ({ kind, one, other, minutes: numberOf(minutes) ?? 0 })),
        );
        await standing.save((version) => putWalks(venue.id, version, sent));
      }}
      instead={insteadOf(standing)}
    >
      <p className="faint">{say("venues.walks_help")}</p>
      {KINDS.filter((kind) => ends[kind].length > 1).map((kind) => (
        <Lines
          key={kind}
          name={kind}
          legend={say(kind === "room" ? "venues.room_walks" : "venues.building_walks")}
          add={say("venues.add_walk")}
          blank={{ one: "", other: "", minutes: "" }}
        >
          {(row) => (
            <>
              {(["one", "other"] as const).map((end) => (
                <Form.Item key={end} name={[row, end]} rules={[{ required: true, message: say("parts.needed") }]}>
                  <OneOf
                    aria-label={say(end === "one" ? "venues.walk_one" : "venues.walk_other", { n: row + 1 })}
                    none={say("venues.choose_end")}
                    options={ends[kind]}
                  />
                </Form.Item>
              ))}
              <Form.Item name={[row, "minutes"]} rules={[{ required: true, message: say("parts.needed") }]}>
                <Input type="number" min={0} max={1440} aria-label={say("venues.walk_minutes", { n: row + 1 })} />
              </Form.Item>
            </>
          )}
        </Lines>
      ))}
    </Entry>
  );
}
