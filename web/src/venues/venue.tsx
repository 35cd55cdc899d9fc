/** One venue: what it is, its rooms in order, and the ways between them. */

import { Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { api, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useOwner } from "../frame/working";
import { changesOf } from "../parts/differences";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { History } from "../audit/history";
import { PickOrganisation } from "../parts/picker";
import { Remove } from "../parts/remove";
import { insteadOf, useStanding } from "../parts/standing";
import { askVenue, useVenue, useVenueChanges } from "./queries";
import { RoomsOfVenue } from "./rooms";
import { type Venue, type VenueEntry, venueEntry, venueOf } from "./rules";
import { Walks } from "./walks";

export function NewVenuePage() {
  const { say } = useSpeech();
  const go = useNavigate();
  const { addVenue } = useVenueChanges();
  const [start] = useState({ ...venueEntry(), owner_id: useOwner() });
  return (
    <>
      <Heads title={say("venues.new")}>
        <Link to="/venues">{say("venues.title")}</Link>
      </Heads>
      <Entry<VenueEntry & { owner_id: string | null }>
        start={start}
        send={async ({ owner_id, ...entry }) => {
          const venue = await addVenue({ ...venueOf(entry), owner_id: owner_id ?? "" });
          await go(`/venues/${venue.id}`);
        }}
      >
        <Form.Item
          name="owner_id"
          label={say("venues.owner")}
          rules={[{ required: true, message: say("parts.needed") }]}
        >
          <PickOrganisation />
        </Form.Item>
        <VenueFields />
      </Entry>
    </>
  );
}

function VenueFields() {
  const { say } = useSpeech();
  return (
    <>
      <Both name="name" label={say("venues.name")} />
      <Both name="city" label={say("venues.city")} />
      <Both name="address" label={say("venues.address")} rows={2} />
      <div className="beside-each-other">
        <Form.Item name="country" label={say("venues.country")} help={say("venues.country_help")}>
          <Input maxLength={2} />
        </Form.Item>
        <Form.Item name="zone" label={say("venues.zone")}>
          <Input maxLength={64} list="zones" />
        </Form.Item>
        <Form.Item name="latitude" label={say("venues.latitude")}>
          <Input type="number" step="any" min={-90} max={90} />
        </Form.Item>
        <Form.Item name="longitude" label={say("venues.longitude")}>
          <Input type="number" step="any" min={-180} max={180} />
        </Form.Item>
        <Form.Item name="same_building_minutes" label={say("venues.same_building")}>
          <Input type="number" min={0} max={1440} />
        </Form.Item>
        <Form.Item name="other_building_minutes" label={say("venues.other_building")}>
          <Input type="number" min={0} max={1440} />
        </Form.Item>
      </div>
      <datalist id="zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

export function VenuePage() {
  const { venue: id = "" } = useParams();
  const { data, error } = useVenue(id);
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  return <OneVenue key={data.id} loaded={data} />;
}

function OneVenue({ loaded }: { loaded: Venue }) {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const { changeVenue, removeVenue } = useVenueChanges();
  const standing = useStanding(loaded, () => askVenue(loaded.id));
  const { seen: venue, version } = standing;
  const labels = {
    name: say("venues.name"),
    city: say("venues.city"),
    address: say("venues.address"),
    zone: say("venues.zone"),
  };
  return (
    <>
      <Heads title={of(venue.name)}>
        <Link to="/venues">{say("venues.title")}</Link>
        <Remove
          name={of(venue.name)}
          remove={async () => {
            await removeVenue(venue.id, version);
            await go("/venues");
          }}
        />
      </Heads>
      <RoomsOfVenue venue={venue} />
      <section aria-labelledby="facts">
        <h2 id="facts">{say("venues.facts")}</h2>
        <Entry<VenueEntry>
          start={venueEntry(loaded)}
          send={async (entry) => {
            const changes = changesOf(venueOf(venueEntry(venue)), venueOf(entry));
            await standing.save((on) => changeVenue(venue.id, on, changes));
          }}
          instead={insteadOf(standing, labels)}
        >
          <VenueFields />
        </Entry>
      </section>
      <section aria-labelledby="walks">
        <h2 id="walks">{say("venues.walks")}</h2>
        <Walks standing={standing} />
      </section>
      <History
        labels={labels}
        of={["venue", venue.id, venue.version]}
        ask={() => told(api.GET("/api/events/venues/{venue_id}/history", { params: { path: { venue_id: venue.id } } }))}
      />
    </>
  );
}
