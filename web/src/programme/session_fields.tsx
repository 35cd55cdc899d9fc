/** The fields of a session, but for its people. */

import { Form, Input } from "antd";
import { useMemo } from "react";
import { api, told } from "../api/client";
import { useThisEdition } from "../editions/queries";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { Counts } from "../parts/counts";
import { Both } from "../parts/entry";
import { Picker, type PickerProps, type Source } from "../parts/picker";
import { Lines } from "../parts/lines";
import { useNames } from "./names";
import { askSession } from "./queries";
import { NEW_LINK, type Session } from "./rules";

export function SessionFields({ session }: { session: Session }) {
  const { say } = useSpeech();
  const { slug, zone } = useThisEdition();
  const names = useNames(slug);
  return (
    <>
      <Both name="title" label={say("programme.name")} maxLength={2000} />
      <Both name="subtitle" label={say("programme.subtitle")} maxLength={2000} />
      <Both name="abstract" label={say("programme.abstract")} rows={5} maxLength={100_000} />
      <Both name="description" label={say("programme.description")} rows={3} maxLength={100_000} />
      <div className="beside-each-other">
        <Form.Item name="kind" label={say("programme.kind")}>
          <OneOf options={names.kind} />
        </Form.Item>
        <Form.Item name="status" label={say("programme.status")}>
          <OneOf options={names.status} />
        </Form.Item>
        <Form.Item name="track_id" label={say("programme.track")}>
          <OneOf options={names.track_id} none={say("programme.no_track")} />
        </Form.Item>
        <Form.Item name="duration_minutes" label={say("programme.minutes")}>
          <Input type="number" min={1} />
        </Form.Item>
        <Form.Item name="openness" label={say("programme.openness")}>
          <OneOf options={names.openness} />
        </Form.Item>
        <Form.Item name="embargo_until" label={say("programme.embargo", { zone })}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="expected_attendance" label={say("programme.expected")}>
          <Input type="number" min={0} />
        </Form.Item>
        <Form.Item name="attendance_mode" label={say("programme.presence")}>
          <OneOf options={names.attendance_mode} />
        </Form.Item>
        <Form.Item name="language" label={say("programme.language")}>
          <Input maxLength={40} placeholder="zh" />
        </Form.Item>
        <Form.Item name="interpretation" label={say("programme.interpretation")}>
          <Input placeholder="en, fr" />
        </Form.Item>
        <Form.Item name="tags" label={say("programme.tags_field")}>
          <Input />
        </Form.Item>
        <Form.Item name="join_url" label={say("programme.join")}>
          <Input type="url" maxLength={2000} />
        </Form.Item>
        <Form.Item name="licence" label={say("programme.licence")}>
          <Input maxLength={200} placeholder="CC BY 4.0" />
        </Form.Item>
        <Form.Item name="do_not_record" label={say("programme.recording")}>
          <OneOf
            none={say("programme.recording_open")}
            options={[
              ["no", say("programme.recording_yes")],
              ["yes", say("programme.recording_no")],
            ]}
          />
        </Form.Item>
        <Form.Item name="parent_id" label={say("programme.parent")}>
          <PickParent edition={slug} own={session.id} />
        </Form.Item>
        <Form.Item name="position" label={say("programme.position")}>
          <Input type="number" min={0} />
        </Form.Item>
        <Form.Item name="slug" label={say("programme.slug")}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Counts name="needs" legend={say("programme.needs")} />
      <Links name="links" legend={say("programme.links")} />
      <Links name="attachments" legend={say("programme.attachments")} />
    </>
  );
}

function Links({ name, legend }: { name: string; legend: string }) {
  const { say } = useSpeech();
  return (
    <Lines name={name} legend={legend} blank={NEW_LINK}>
      {(row) => (
        <>
          <Form.Item name={[row, "href"]}>
            <Input
              type="url"
              maxLength={2000}
              placeholder="https://"
              aria-label={say("programme.link_address", { what: legend, n: row + 1 })}
            />
          </Form.Item>
          <Form.Item name={[row, "title"]}>
            <Input maxLength={200} aria-label={say("programme.link_title", { what: legend, n: row + 1 })} />
          </Form.Item>
          <Form.Item name={[row, "type"]}>
            <Input maxLength={80} aria-label={say("programme.link_type", { what: legend, n: row + 1 })} />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}

/** A session that another may be part of: no talk itself. */
function PickParent({ edition, own, ...rest }: PickerProps & { edition: string; own: string }) {
  const source = useMemo(
    (): Source => ({
      kind: `parent of ${own}`,
      find: async (q) => {
        const query = { limit: 50, ...(q && { q }) };
        const params = { path: { ref: edition }, query };
        const { items } = await told(api.GET("/api/events/editions/{ref}/sessions", { params }));
        const parents = items.filter((each) => each.parent_id === null && each.id !== own);
        return parents.map(({ id, title }) => ({ id, name: title }));
      },
      get: async (id) => ({ id, name: (await askSession(id)).title }),
    }),
    [edition, own],
  );
  return <Picker source={source} {...rest} />;
}
