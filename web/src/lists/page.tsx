/** The accepted list of a cycle: what was published with its objection window, and what the next would say. */

import { Alert, Form, Input, Radio, Skeleton } from "antd";
import { Link } from "react-router";
import { partsOf } from "../awards/definition";
import { type Category, categoryName } from "../awards/form";
import { api, type Schemas, told } from "../api/client";
import { useRenewChecks } from "../checks/queries";
import { type Cycle, useCycleDefinition, useThisCycle } from "../cycles/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Moment } from "../parts/moment";
import { Both } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { numberOf } from "../parts/numbers";
import { Mark } from "../parts/tag";
import { useWord } from "../parts/word";
import { NO_WORDS } from "../series/rules";
import { type AcceptedList, type NextList, useLists, useNextList } from "./queries";
import "./lists.css";

export function ListPage() {
  const { say, of, language } = useSpeech();
  const { cycle, office } = useThisCycle();
  const lists = useLists(cycle.id);
  const next = useNextList(cycle.id, office);
  const last = lists.rows?.[0];
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("lists.title")}`}>
        {last && !cycle.rehearsal_of && (
          <a href={`/${language}/awards/cycles/${cycle.slug}/accepted`}>{say("lists.public_page")}</a>
        )}
        <Files path={`/api/awards/cycles/${cycle.slug}/lists`} />
      </Heads>
      {lists.error && <Failure error={lists.error} />}
      {next.error && <Failure error={next.error} />}
      {!lists.rows && !lists.error && <Skeleton active />}
      {lists.rows && (
        <>
          {last ? <Published cycle={cycle} list={last} /> : <p>{say(office ? "lists.none_yet" : "lists.none")}</p>}
          {next.data && <Next cycle={cycle} next={next.data} last={last} />}
          {lists.rows.length > 1 && <Earlier lists={lists.rows.slice(1)} />}
        </>
      )}
    </>
  );
}

function Published({ cycle, list }: { cycle: Cycle; list: AcceptedList }) {
  const { say, of } = useSpeech();
  return (
    <section className="part">
      <h2>{say("lists.published_n", { n: list.number })}</h2>
      <Window list={list} />
      <Facts
        facts={[
          [say("lists.contact"), of(list.contact)],
          [say("lists.notice"), of(list.notice)],
          [say("lists.reason"), list.reason],
          [
            say("lists.record_head"),
            list.record_head && (
              <code key="head" className="lists-code">
                {list.record_head}
              </code>
            ),
          ],
        ]}
      />
      <Lines cycle={cycle} name={say("lists.lines")} lines={list.lines} changes={list.changes} />
    </section>
  );
}

/** When a list was published, and until when objections are taken. */
function Window({ list }: { list: AcceptedList }) {
  const { say } = useSpeech();
  const { day } = useMoments();
  return (
    <Facts
      facts={[
        [say("lists.published_at"), <Moment key="at" at={list.published_at} />],
        [
          say("lists.window"),
          <span key="window">
            {day(list.from_on)} – {day(list.until_on)} (
            {say(list.counted === "working" ? "lists.working_n" : "lists.calendar_n", { n: list.days })}){" "}
            {list.provisional && <Mark kind="warns">{say("lists.provisional")}</Mark>}
          </span>,
        ],
      ]}
    />
  );
}

interface LinesProps {
  cycle: Cycle;
  name: string;
  lines: readonly Schemas["AcceptedLineOut"][];
  changes: readonly Schemas["AcceptedChangeOut"][];
}

function Lines({ cycle, name, lines, changes }: LinesProps) {
  const { say, of } = useSpeech();
  const word = useWord();
  const { data } = useCycleDefinition(cycle.id);
  const categories = (data?.categories ?? []) as unknown as Category[];
  const removed = changes.filter((each) => each.kind === "removed");
  const kindOf = (number: string) => changes.find((each) => each.number === number)?.kind;
  return (
    <>
      {removed.length > 0 && (
        <p>{say("lists.removed", { numbers: removed.map((each) => each.number).join(say("awards.comma")) })}</p>
      )}
      <Listing
        name={name}
        list={whole({ data: lines, error: null })}
        keyOf={(line) => line.number}
        empty={say("lists.nobody")}
        columns={[
          { key: "number", title: say("nominations.number"), cell: (line) => line.number },
          { key: "name", title: say("nominations.candidate"), cell: (line) => line.name },
          {
            key: "category",
            title: say("nominations.category"),
            cell: (line) => of(categoryName(categories, line.category)),
          },
          { key: "unit", title: say("nominations.unit"), cell: (line) => of(line.unit) },
          ...(changes.length > 0
            ? [
                {
                  key: "change",
                  title: say("audit.change"),
                  cell: ({ number }: Schemas["AcceptedLineOut"]) => {
                    const kind = kindOf(number);
                    return kind && <Mark kind="warns">{word("list_change", kind)}</Mark>;
                  },
                },
              ]
            : []),
        ]}
      />
      <p className="faint">{say("lists.count", { n: lines.length })}</p>
    </>
  );
}

interface Fields {
  days?: string;
  counted?: Schemas["Counted"];
  contact: Schemas["AwardsText-Input"];
  notice: Schemas["AwardsText-Input"];
  reason?: string;
}

interface NextProps {
  cycle: Cycle;
  next: NextList;
  last: AcceptedList | undefined;
}

/** What the next list would say, what forbids it yet, and the one button that publishes it. */
function Next({ cycle, next, last }: NextProps) {
  const { say } = useSpeech();
  const renew = useRenewChecks();
  const definition = useCycleDefinition(cycle.id);
  const announced = definition.data && partsOf(definition.data).objection_window;
  const checks = `/awards/cycles/${cycle.slug}/checks`;
  const same = last !== undefined && next.changes.length === 0;
  const ready = next.undecided === 0 && !same && (last !== undefined || next.lines.length > 0);
  const publish = async ({ days, ...fields }: Fields) => {
    const body = { reason: "", ...fields, ...(days !== undefined && { days: numberOf(days) ?? 0 }) };
    await told(api.POST("/api/awards/cycles/{ref}/lists", { params: { path: { ref: cycle.id } }, body }));
    await renew();
  };
  return (
    <section className="part">
      <h2>{say(last ? "lists.next_correction" : "lists.next")}</h2>
      {next.undecided > 0 && (
        <Alert
          className="before-table"
          type="warning"
          showIcon
          title={say("lists.undecided", { n: next.undecided })}
          action={<Link to={checks}>{say("checks.title")}</Link>}
        />
      )}
      {same && <p>{say("lists.same", { n: last.number })}</p>}
      {!same && <Lines cycle={cycle} name={say("lists.would_say")} lines={next.lines} changes={next.changes} />}
      {ready && definition.data && (
        <div className="acts">
          <Asking<Fields, unknown>
            primary
            label={say(last ? "lists.publish_again" : "lists.publish")}
            says={say(cycle.rehearsal_of ? "lists.publish_rehearsal" : "lists.publish_says", { n: next.lines.length })}
            start={{
              ...(!announced && { days: String(last?.days ?? 5), counted: last?.counted ?? "working" }),
              contact: last?.contact ?? NO_WORDS,
              notice: last?.notice ?? NO_WORDS,
              reason: "",
            }}
            send={publish}
            about={{ "correction-unexplained": ["reason"] }}
          >
            {announced ? (
              <Announced window={announced} />
            ) : (
              <>
                <Form.Item name="counted" label={say("lists.counted")}>
                  <Radio.Group
                    options={[
                      { value: "working", label: say("lists.working") },
                      { value: "calendar", label: say("lists.calendar") },
                    ]}
                  />
                </Form.Item>
                <Form.Item name="days" label={say("lists.days")} extra={say("lists.days_help")}>
                  <Input type="number" min={1} max={60} />
                </Form.Item>
              </>
            )}
            <Both name="contact" label={say("lists.contact")} />
            <Both name="notice" label={say("lists.notice")} rows={2} maxLength={5000} />
            {last && (
              <Form.Item
                name="reason"
                label={say("lists.reason")}
                rules={[{ required: true, message: say("parts.needed") }]}
              >
                <Input.TextArea rows={2} maxLength={2000} />
              </Form.Item>
            )}
          </Asking>
        </div>
      )}
      <p className="faint">{say("lists.never_rewritten")}</p>
    </section>
  );
}

/** How long objections are taken, as the definition of the cycle says: there is nothing to choose. */
function Announced({ window }: { window: Schemas["ObjectionWindowIn"] }) {
  const { say } = useSpeech();
  const length = say(window.counted === "working" ? "lists.working_n" : "lists.calendar_n", { n: window.days });
  return (
    <p>
      <b>{say("lists.announced", { length })}</b> {say("lists.days_help")}
    </p>
  );
}

function Earlier({ lists }: { lists: readonly AcceptedList[] }) {
  const { say } = useSpeech();
  const { day } = useMoments();
  return (
    <section className="part">
      <h2>{say("lists.earlier")}</h2>
      <Listing
        name={say("lists.earlier")}
        list={whole({ data: lists, error: null })}
        keyOf={(list) => list.id}
        empty=""
        columns={[
          { key: "number", title: say("lists.number"), cell: (list) => list.number },
          { key: "at", title: say("lists.published_at"), cell: (list) => <Moment at={list.published_at} /> },
          { key: "window", title: say("lists.window"), cell: (list) => `${day(list.from_on)} – ${day(list.until_on)}` },
          { key: "lines", title: say("lists.lines"), cell: (list) => list.lines.length },
          { key: "reason", title: say("lists.reason"), cell: (list) => list.reason },
        ]}
      />
    </section>
  );
}
