/** One person: who they are, how to reach them where that may be known, and their sessions. */

import { Checkbox, Form, Input, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { api, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwner } from "../frame/working";
import { changesOf } from "../parts/differences";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { History } from "../audit/history";
import { PickAccount, PickOrganisation } from "../parts/picker";
import { Remove } from "../parts/remove";
import { insteadOf, useStanding } from "../parts/standing";
import { askPerson, useAppearances, usePeopleChanges, usePerson } from "./queries";
import { type Person, type PersonEntry, personEntry, type Role } from "./rules";

export function NewPersonPage() {
  const { say } = useSpeech();
  const go = useNavigate();
  const { add } = usePeopleChanges();
  const [start] = useState({ ...personEntry(), owner_id: useOwner() });
  return (
    <>
      <Heads title={say("people.new")}>
        <Link to="/people">{say("people.title")}</Link>
      </Heads>
      <Entry<PersonEntry & { owner_id: string | null }>
        start={start}
        send={async ({ owner_id, ...entry }) => {
          const { email = "", phone = "" } = entry;
          const person = await add({ ...entry, email, phone, owner_id: owner_id ?? "" });
          await go(`/people/${person.id}`);
        }}
      >
        <Form.Item
          name="owner_id"
          label={say("people.owner")}
          rules={[{ required: true, message: say("parts.needed") }]}
        >
          <PickOrganisation />
        </Form.Item>
        <PersonFields contact />
      </Entry>
    </>
  );
}

function PersonFields({ contact }: { contact: boolean }) {
  const { say } = useSpeech();
  const may = useRights();
  return (
    <>
      <Both name="name" label={say("people.name")} />
      <Form.Item name="family_first" valuePropName="checked">
        <Checkbox>{say("people.family_first")}</Checkbox>
      </Form.Item>
      <Both name="title" label={say("people.job")} />
      <Both name="affiliation" label={say("people.affiliation")} />
      <Both name="biography" label={say("people.biography")} rows={5} maxLength={100_000} />
      <fieldset className="lines">
        <legend>{say("people.contact")}</legend>
        {contact ? (
          <div className="beside-each-other">
            <Form.Item name="email" label={say("people.email")}>
              <Input type="email" maxLength={254} />
            </Form.Item>
            <Form.Item name="phone" label={say("people.phone")}>
              <Input type="tel" maxLength={80} />
            </Form.Item>
            {may("administrator") && (
              <Form.Item name="account_id" label={say("people.account")}>
                <PickAccount />
              </Form.Item>
            )}
          </div>
        ) : (
          <p>{say("people.no_contact")}</p>
        )}
      </fieldset>
    </>
  );
}

export function PersonPage() {
  const { person: id = "" } = useParams();
  const { data, error } = usePerson(id);
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  return <OnePerson key={data.id} loaded={data} />;
}

function OnePerson({ loaded }: { loaded: Person }) {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const { change, remove } = usePeopleChanges();
  const standing = useStanding(loaded, () => askPerson(loaded.id));
  const { seen: person, version } = standing;
  const labels = {
    name: say("people.name"),
    title: say("people.job"),
    affiliation: say("people.affiliation"),
    biography: say("people.biography"),
    email: say("people.email"),
    phone: say("people.phone"),
  };
  return (
    <>
      <Heads title={of(person.name)}>
        <Link to="/people">{say("people.title")}</Link>
        <Remove
          name={of(person.name)}
          remove={async () => {
            await remove(person.id, version);
            await go("/people");
          }}
        />
      </Heads>
      <Entry<PersonEntry>
        start={personEntry(loaded)}
        send={async (entry) => {
          await standing.save((on) => change(person.id, on, changesOf(personEntry(person), entry)));
        }}
        instead={insteadOf(standing, labels)}
      >
        <PersonFields contact={loaded.contact} />
      </Entry>
      <section aria-labelledby="sessions">
        <h2 id="sessions">{say("people.sessions")}</h2>
        <Appearances person={person.id} />
      </section>
      <History
        labels={labels}
        of={["person", person.id, person.version]}
        ask={() =>
          told(api.GET("/api/events/people/{person_id}/history", { params: { path: { person_id: person.id } } }))
        }
      />
    </>
  );
}

function Appearances({ person }: { person: string }) {
  const { say, of } = useSpeech();
  const { data, error } = useAppearances(person);
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  if (data.length === 0) return <p>{say("people.no_sessions")}</p>;
  return (
    <ul className="cards">
      {data.map((each) => (
        <li key={each.session_id + each.role}>
          <Link to={`/editions/${each.edition_id}/programme/${each.session_id}`}>{of(each.title)}</Link>{" "}
          {say(`personrole.${each.role as Role}`)}{" "}
          <Tag>{say(each.confirmed ? "people.confirmed" : "people.unconfirmed")}</Tag>
        </li>
      ))}
    </ul>
  );
}
