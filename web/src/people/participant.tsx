/** One person in one edition: their parts, to be confirmed, and when they can attend. */

import { App, Button, Form, Skeleton, Tag } from "antd";
import { Link, useParams } from "react-router";
import { useThisEdition } from "../editions/queries";
import { Failure, useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { insteadOf, useStanding } from "../parts/standing";
import { type Stretch, stretchesOf } from "../parts/stretches";
import { StretchRows, Week } from "../parts/windows";
import { askPerson, useAppearances, usePeopleChanges, usePerson, usePersonWindows } from "./queries";
import type { Person, Role } from "./rules";

export function ParticipantPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const { person: id = "" } = useParams();
  const { data: person, error } = usePerson(id);
  if (!person) return error ? <Failure error={error} /> : <Skeleton active />;
  return (
    <>
      <Heads title={of(person.name)}>
        <Link to={`/editions/${edition.slug}/people`}>{say("people.here")}</Link>
        <Link to={`/people/${id}`}>{say("people.more_about")}</Link>
      </Heads>
      <p>{[of(person.title), of(person.affiliation), person.email, person.phone].filter(Boolean).join(" · ")}</p>
      <section aria-labelledby="parts">
        <h2 id="parts">{say("people.in_edition")}</h2>
        <Parts person={id} />
      </section>
      <section aria-labelledby="windows">
        <h2 id="windows">{say("people.windows")}</h2>
        <Windows key={id} loaded={person} />
      </section>
    </>
  );
}

function Parts({ person }: { person: string }) {
  const { say, of } = useSpeech();
  const { message } = App.useApp();
  const failure = useFailure();
  const edition = useThisEdition();
  const { data, error } = useAppearances(person);
  const { confirm } = usePeopleChanges();
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  const here = data.filter((each) => each.edition_id === edition.id);
  if (here.length === 0) return <p>{say("people.no_sessions")}</p>;
  return (
    <ul className="cards">
      {here.map((each) => (
        <li key={each.session_id + each.role}>
          <Link to={`/editions/${edition.slug}/programme/${each.session_id}`}>{of(each.title)}</Link>{" "}
          {say(`personrole.${each.role as Role}`)}{" "}
          {each.confirmed ? (
            <Tag>{say("people.confirmed")}</Tag>
          ) : (
            <Button
              size="small"
              aria-label={say("people.confirm", { title: of(each.title) })}
              onClick={() =>
                void confirm(each.session_id, person, each.role as Role).catch((caught: unknown) =>
                  message.error(failure(caught)),
                )
              }
            >
              {say("people.confirm_short")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface WindowsEntry {
  windows: Stretch[];
}

function Windows({ loaded }: { loaded: Person }) {
  const { say } = useSpeech();
  const edition = useThisEdition();
  const { putWindows } = usePeopleChanges();
  const standing = useStanding(loaded, () => askPerson(loaded.id));
  const { data, error } = usePersonWindows(edition.slug, loaded.id);
  const [form] = Form.useForm<WindowsEntry>();
  const typed = Form.useWatch("windows", form) as Stretch[] | undefined;
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  const start = stretchesOf(data);
  return (
    <>
      <Entry<WindowsEntry>
        form={form}
        start={{ windows: start }}
        submit={say("people.save_windows")}
        send={async ({ windows }) => {
          const sent = windows.map(({ start_local, end_local }) => ({ start_local, end_local }));
          await standing.save((version) => putWindows(edition.slug, loaded.id, version, sent));
        }}
        instead={insteadOf(standing)}
      >
        <p>{say("people.windows_help", { zone: edition.zone })}</p>
        <StretchRows legend={say("people.windows")} />
      </Entry>
      <Week windows={typed ?? start} start={edition.starts_on ?? new Date().toISOString().slice(0, 10)} />
    </>
  );
}
