/** One session: its texts in both languages, everything that is known of it, and who takes part. */

import { Button, Form, Skeleton } from "antd";
import { useEffect } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { api, told } from "../api/client";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { changesOf, same } from "../parts/differences";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { History } from "../audit/history";
import { Remove } from "../parts/remove";
import { insteadOf, useStanding } from "../parts/standing";
import { Here } from "../presence/here";
import { usePresence } from "../presence/queries";
import type { Person } from "../people/rules";
import { askSession, usePlacement, useProgrammeHere, useSession, useSessionChanges } from "./queries";
import { beside, type Session, type SessionEntry, sessionEntry, sessionOf } from "./rules";
import { Sides } from "./sides";
import { SessionFields } from "./session_fields";
import { People } from "./session_people";
import "./programme.css";

export function SessionPage() {
  const { session: id = "" } = useParams();
  const { data, error } = useSession(id);
  if (!data) return error ? <Failure error={error} /> : <Skeleton active />;
  return <OneSession key={data.id} loaded={data} />;
}

function OneSession({ loaded }: { loaded: Session }) {
  const { say, of } = useSpeech();
  const go = useNavigate();
  const queries = useQueryClient();
  const edition = useThisEdition();
  const { zone, slug } = edition;
  const [form] = Form.useForm<SessionEntry>();
  const standing = useStanding(loaded, () => askSession(loaded.id));
  const { others } = usePresence(slug, loaded.id);
  const { seen: session, version } = standing;
  const { change, remove, confirm } = useSessionChanges(slug);
  const save = async (entry: SessionEntry) => {
    const before = sessionEntry(session, zone);
    const changes = changesOf(sessionOf(before, zone), sessionOf({ ...before, ...entry }, zone));
    const known = (id: string) => queries.getQueryData<Person>(["person", id]);
    if (changes.people) changes.people = changes.people.map((part) => asOwn(part, known(part.person_id)));
    await standing.save((on) => change(session.id, on, changes));
  };
  const labels = {
    title: say("programme.name"),
    subtitle: say("programme.subtitle"),
    abstract: say("programme.abstract"),
    description: say("programme.description"),
    kind: say("programme.kind"),
    status: say("programme.status"),
    openness: say("programme.openness"),
    duration_minutes: say("programme.minutes"),
    expected_attendance: say("programme.expected"),
    track_id: say("programme.track"),
    people: say("programme.people"),
  };
  return (
    <>
      <Heads title={of(session.title)}>
        <Here others={others.filter((each) => each.session_id === session.id)} />
        <Neighbours id={session.id} />
        <Remove
          name={of(session.title)}
          remove={async () => {
            await remove(session.id, version);
            await go(`/editions/${slug}/programme`);
          }}
        />
      </Heads>
      <Stands session={session.id} />
      <Entry<SessionEntry>
        form={form}
        start={sessionEntry(loaded, zone)}
        send={save}
        instead={insteadOf(standing, labels)}
      >
        <Sides form={form} start={loaded} />
        <SessionFields session={session} />
        <People session={session} confirm={(person, role) => standing.save(() => confirm(session.id, person, role))} />
      </Entry>
      <History
        labels={labels}
        of={["session", session.id, session.version]}
        ask={() =>
          told(api.GET("/api/events/sessions/{session_id}/history", { params: { path: { session_id: session.id } } }))
        }
      />
    </>
  );
}

type SentPart = ReturnType<typeof sessionOf>["people"][number];

/** Send nothing of a title or an affiliation that is the person's own, so that it follows them. */
function asOwn(part: SentPart, person: Person | undefined): SentPart {
  if (!person) return part;
  const own = (name: "title" | "affiliation") => (same(part[name], person[name]) ? { zh: "", en: "" } : part[name]);
  return { ...part, title: own("title"), affiliation: own("affiliation") };
}

/** The ways to the sessions before and behind, in the list that this one was opened from; also by keys. */
function Neighbours({ id }: { id: string }) {
  const { say } = useSpeech();
  const go = useNavigate();
  const { search } = useLocation();
  const { slug } = useThisEdition();
  const list = useProgrammeHere(slug);
  const rows = list.rows ?? [];
  const { before, after } = beside(rows, id);
  const { more, asking, askMore } = list;
  const last = rows.at(-1)?.id;
  const wanting = last === id || !rows.some((row) => row.id === id);
  useEffect(() => {
    if (wanting && more && !asking) askMore();
  });
  const address = (session: string) => `/editions/${slug}/programme/${session}${search}`;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const to = event.altKey ? { PageUp: before, PageDown: after }[event.key] : undefined;
      if (!to) return;
      event.preventDefault();
      void go(`/editions/${slug}/programme/${to}${search}`);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <nav aria-label={say("programme.neighbours")} className="files">
      <Link to={`/editions/${slug}/programme${search}`}>{say("programme.title")}</Link>
      <Button disabled={!before} onClick={() => void go(address(before ?? ""))} title="Alt+PageUp">
        {say("programme.before")}
      </Button>
      <Button disabled={!after} onClick={() => void go(address(after ?? ""))} title="Alt+PageDown">
        {say("programme.after")}
      </Button>
    </nav>
  );
}

/** Where a session stands on the schedule, and the way there. */
function Stands({ session }: { session: string }) {
  const { say } = useSpeech();
  const { slug } = useThisEdition();
  const { data: placement } = usePlacement(session);
  if (placement === undefined) return null;
  const local = placement?.start_local.slice(0, 16).replace("T", " ");
  const day = local ? `day=${local.slice(0, 10)}&` : "";
  return (
    <p>
      <Link to={`/editions/${slug}/schedule?${day}session=${session}`}>
        {local
          ? say("programme.stands", { at: local, minutes: placement?.duration_minutes ?? 0 })
          : say("programme.stands_nowhere")}
      </Link>
    </p>
  );
}
