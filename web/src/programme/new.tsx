/** A new session: what it is called and of which kind; everything else follows on its own screen. */

import { Form, Input } from "antd";
import { Link, useNavigate } from "react-router";
import type { Schemas, Text } from "../api/client";
import { useThisEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { numberOf } from "../parts/numbers";
import { useNames } from "./names";
import { useSessionChanges } from "./queries";

interface NewEntry {
  title: Text;
  kind: Schemas["SessionKind"];
  duration_minutes: string;
  track_id: string;
}

const START: NewEntry = { title: { zh: "", en: "" }, kind: "parallel", duration_minutes: "60", track_id: "" };

export function NewSessionPage() {
  const { say } = useSpeech();
  const go = useNavigate();
  const edition = useThisEdition();
  const names = useNames(edition.slug);
  const { add } = useSessionChanges(edition.slug);
  const path = `/editions/${edition.slug}/programme`;
  return (
    <>
      <Heads title={say("programme.new")}>
        <Link to={path}>{say("programme.title")}</Link>
      </Heads>
      <Entry<NewEntry>
        start={START}
        send={async ({ title, kind, duration_minutes, track_id }) => {
          const made = await add({
            title,
            kind,
            duration_minutes: numberOf(duration_minutes),
            track_id: track_id || null,
          });
          await go(`${path}/${made.id}`);
        }}
      >
        <Both name="title" label={say("programme.name")} />
        <div className="beside-each-other">
          <Form.Item name="kind" label={say("programme.kind")}>
            <OneOf options={names.kind} />
          </Form.Item>
          <Form.Item name="duration_minutes" label={say("programme.minutes")}>
            <Input type="number" min={1} />
          </Form.Item>
          <Form.Item name="track_id" label={say("programme.track")}>
            <OneOf options={names.track_id} none={say("programme.no_track")} />
          </Form.Item>
        </div>
      </Entry>
    </>
  );
}
