/** One's own account: profile, password, browsers that are signed in, API keys, and what one may do. */

import { Form, Input, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { type Own, OwnFields, sentOwn } from "../accounts/fields";
import { editionOf } from "../accounts/rules";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { type Me, useMe } from "../frame/queries";
import { Asking } from "../parts/asking";
import { Entry } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { useMoments } from "../parts/moments";
import { Keys } from "./keys";
import { useOwnDeeds, useSessions } from "./queries";
import { browserOf } from "./rules";

export function MePage() {
  const { say, of } = useSpeech();
  const { data: me } = useMe();
  if (!me) return <Skeleton active />;
  return (
    <>
      <Heads title={say("me.title")} />
      <Facts
        facts={[
          [say("accounts.email"), me.email],
          [say("accounts.phone"), me.phone],
          [say("accounts.organisation"), of(me.organisation)],
        ]}
      />
      <h2>{say("me.profile")}</h2>
      <Profile me={me} />
      <h2>{say("me.password")}</h2>
      <Password />
      <h2>{say("me.sessions")}</h2>
      <Sessions />
      <h2>{say("me.keys")}</h2>
      <Keys />
      <h2>{say("me.grants")}</h2>
      <Grants me={me} />
    </>
  );
}

function Profile({ me }: { me: Me }) {
  const { say } = useSpeech();
  const { change } = useOwnDeeds();
  const [said, setSaid] = useState("");
  return (
    <>
      <Entry<Own>
        start={sentOwn(me)}
        send={async (values) => {
          setSaid("");
          await change(me, sentOwn(values));
          setSaid(say("me.saved"));
        }}
      >
        <OwnFields />
      </Entry>
      <p role="status">{said}</p>
    </>
  );
}

function Password() {
  const { say } = useSpeech();
  const { choosePassword } = useOwnDeeds();
  const needed = { required: true, message: say("signin.required") };
  return (
    <div className="acts">
      <Asking<Schemas["PasswordIn"] & { again: string }, unknown>
        label={say("me.choose_password")}
        says={say("me.password_says")}
        send={({ current, password }) => choosePassword({ current, password })}
      >
        <Form.Item name="current" label={say("me.current")} rules={[needed]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item name="password" label={say("me.new_password")} extra={say("me.new_password_says")} rules={[needed]}>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="again"
          label={say("me.again")}
          dependencies={["password"]}
          rules={[
            needed,
            ({ getFieldValue }) => ({
              validator: (_, value: string) =>
                !value || value === getFieldValue("password")
                  ? Promise.resolve()
                  : Promise.reject(new Error(say("me.not_the_same"))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Asking>
    </div>
  );
}

function Sessions() {
  const { say } = useSpeech();
  const { instant: moment } = useMoments();
  const { data: sessions, error } = useSessions();
  const { endSession } = useOwnDeeds();
  if (!sessions) return error ? <Failure error={error} /> : <Skeleton active />;
  return (
    <ul className="cards">
      {sessions.map((each) => (
        <li key={each.id} className="card" data-current={each.current}>
          <span>
            <b title={each.agent}>{browserOf(each.agent) || say("me.unknown_browser")}</b>{" "}
            {each.current && <Tag color="blue">{say("me.this_one")}</Tag>}
            <br />
            <span className="faint">
              {say("me.session_since", { at: moment(each.made_at) })}
              {each.used_on && ` · ${say("me.used_on", { day: each.used_on })}`}
            </span>
          </span>
          {!each.current && (
            <Asking
              label={say("me.end_session")}
              name={say("me.end_session_of", { browser: browserOf(each.agent) })}
              says={say("me.end_session_says")}
              submit={say("me.end_session")}
              send={() => endSession(each.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Grants({ me }: { me: Me }) {
  const { say, of } = useSpeech();
  if (me.grants.length + me.memberships.length === 0) return <p>{say("me.no_grants")}</p>;
  return (
    <ul className="columns">
      {me.grants.map((each) => {
        const edition = editionOf(each.scope);
        return (
          <li key={each.id}>
            {say(`grant_role.${each.role}`)} · {of(each.organisation)}{" "}
            {edition && <Link to={`/editions/${edition}`}>{say("me.on_edition")}</Link>}
            {each.until_on && <span className="faint"> {say("me.until", { day: each.until_on })}</span>}
          </li>
        );
      })}
      {me.memberships.map((each) => (
        <li key={each.id}>
          {say("me.member_of", { society: of(each.organisation) })} {each.number}
          {each.until_on && <span className="faint"> {say("me.until", { day: each.until_on })}</span>}
        </li>
      ))}
    </ul>
  );
}
