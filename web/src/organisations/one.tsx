/** One organisation: what it is, what stands above and below it, its names, what it was, and what can be done with it. */

import { Empty, Input, Skeleton, Tag } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Deeds } from "../audit/deeds";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { Acts } from "./acts";
import { OrganisationName } from "./named";
import { Names } from "./names";
import { useBelow, useHistory, useOrganisation, usePath, useStates } from "./queries";
import { mayPlace, mayTend, type Organisation } from "./rules";
import "./organisations.css";
import { Table } from "../parts/table";

export function OrganisationPage() {
  const { say, of } = useSpeech();
  const { organisation: ref = "" } = useParams();
  const { data: each, error } = useOrganisation(ref);
  const path = usePath(ref);
  const { data: me } = useMe();
  if (!each) return error ? <Failure error={error} /> : <Skeleton active />;
  const ids = path.data?.map((above) => above.id) ?? [];
  const active = each.status === "active";
  const tends = mayTend(me?.grants ?? [], ids);
  return (
    <>
      <PathOf each={each} name={say("organisations.path")} />
      <Heads title={of(each.name)}>
        {!active && <Tag>{say(`status_of.${each.status}`)}</Tag>}
        {tends && <Link to={`/organisations/${each.slug}/members`}>{say("members.title")}</Link>}
        {active && tends && <Link to={`/organisations/new?parent=${each.id}`}>{say("organisations.new_below")}</Link>}
      </Heads>
      <Facts
        facts={[
          [say("organisations.name_zh"), each.name.zh],
          [say("organisations.name_en"), each.name.en],
          [say("organisations.kind"), say(`kind_of.${each.kind}`)],
          [say("organisations.slug"), each.slug],
          [say("organisations.uscc"), each.uscc],
          [say("organisations.ror"), each.ror],
          [say("organisations.founded_on"), each.founded_on],
          [say("organisations.ended_on"), each.ended_on],
          [
            say("organisations.into"),
            each.into_ids.length > 0 &&
              each.into_ids.map((id) => (
                <div key={id}>
                  <OrganisationName id={id} />
                </div>
              )),
          ],
        ]}
      />
      {active && <Acts each={each} tends={tends} places={mayPlace(me?.grants ?? [], ids)} />}
      <Below each={each} />
      <Names each={each} tends={tends} />
      <States each={each} />
      <History each={each} />
    </>
  );
}

/** The way from the root to it, today or on a day. */
function PathOf({ each, on = "", name }: { each: Organisation; on?: string; name: string }) {
  const { say, of } = useSpeech();
  const { data: path } = usePath(each.id, on);
  return (
    <nav aria-label={name}>
      <ol className="way">
        {path?.map((above) => (
          <li key={above.id}>
            {above.id === each.id ? of(above.name) : <Link to={`/organisations/${above.slug}`}>{of(above.name)}</Link>}
          </li>
        ))}
        {path?.length === 0 && <li>{say("organisations.path_none", { on })}</li>}
      </ol>
    </nav>
  );
}

/** The same on a day of the past. */
function PathOn({ each }: { each: Organisation }) {
  const { say } = useSpeech();
  const [on, setOn] = useState("");
  const name = say("organisations.path_on");
  return (
    <>
      <p>
        <label>
          {name} <Input type="date" className="day" value={on} onChange={({ target }) => setOn(target.value)} />
        </label>
      </p>
      {on && <PathOf each={each} on={on} name={name} />}
    </>
  );
}

function Below({ each }: { each: Organisation }) {
  const { say, of } = useSpeech();
  const { data: below } = useBelow(each.id, each.below > 0);
  if (each.below === 0) return null;
  return (
    <details className="below-it">
      <summary>
        <h2>{say("organisations.below", { n: each.below })}</h2>
      </summary>
      <ul className="columns">
        {below?.map((child) => (
          <li key={child.id}>
            <Link to={`/organisations/${child.slug}`}>{of(child.name)}</Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What held of it over time. */
function States({ each }: { each: Organisation }) {
  const { say, of } = useSpeech();
  const { data: states } = useStates(each.id);
  if (!states) return <Skeleton active />;
  return (
    <>
      <h2>{say("organisations.states")}</h2>
      <Table
        name={say("organisations.states")}
        heads={[
          say("organisations.from_on"),
          say("organisations.until_before"),
          say("organisations.name"),
          say("organisations.stands_below"),
          say("organisations.status"),
        ]}
      >
        {states.map((state) => (
          <tr key={`${state.from_on ?? ""}${state.until_on ?? ""}`}>
            <td>{state.from_on ?? say("organisations.ever_since")}</td>
            <td>{state.until_on ?? say("organisations.still")}</td>
            <td>{of(state.name)}</td>
            <td>
              <OrganisationName id={state.parent_id} />
            </td>
            <td>{say(`status_of.${state.status}`)}</td>
          </tr>
        ))}
      </Table>
      <PathOn each={each} />
    </>
  );
}

function History({ each }: { each: Organisation }) {
  const { say } = useSpeech();
  const history = useHistory(each.id);
  return (
    <>
      <h2>{say("organisations.history")}</h2>
      {history.data?.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("organisations.no_history")} />
      )}
      <Deeds name={say("organisations.history")} asked={history} />
    </>
  );
}
