/** Who takes part in a session, in protocol order, with what is printed of them. */

import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Tag } from "antd";
import { type KeyboardEvent, useState } from "react";
import { Link } from "react-router";
import { useFailure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OneOf } from "../parts/choice";
import { MoveButtons } from "../parts/order";
import { PickPerson } from "../parts/picker";
import { askPerson } from "../people/queries";
import { useRoleNames } from "../people/roles";
import { NEW_PART, type PartEntry, type Role, type Session, type SessionEntry } from "./rules";

interface Props {
  session: Session;
  confirm: (person: string, role: Role) => Promise<unknown>;
}

export function People({ session, confirm }: Props) {
  const { say } = useSpeech();
  const [said, setSaid] = useState("");
  return (
    <fieldset className="lines">
      <legend>{say("programme.people")}</legend>
      <p className="faint">{say("programme.people_help")}</p>
      <Form.List name="people">
        {(fields, list) => {
          const move = (from: number, to: number) => {
            if (to < 0 || to >= fields.length) return;
            const had = document.activeElement;
            list.move(from, to);
            setSaid(say("programme.moved_to", { n: to + 1 }));
            // What moves in the page loses the focus that whoever moves it by keys goes on with.
            requestAnimationFrame(() => had instanceof HTMLElement && had.focus());
          };
          return (
            <>
              {fields.map(({ key, name: row }) => (
                <PartRow
                  key={key}
                  row={row}
                  last={fields.length - 1}
                  session={session}
                  confirm={confirm}
                  move={(step) => move(row, row + step)}
                  remove={() => list.remove(row)}
                />
              ))}
              <Button onClick={() => list.add(NEW_PART)}>{say("programme.add_person")}</Button>
            </>
          );
        }}
      </Form.List>
      <p role="status" className="unseen">
        {said}
      </p>
    </fieldset>
  );
}

interface RowProps extends Props {
  row: number;
  last: number;
  move: (step: number) => void;
  remove: () => void;
}

function PartRow({ row, last, session, confirm, move, remove }: RowProps) {
  const { say, of } = useSpeech();
  const roles = useRoleNames();
  const form = Form.useFormInstance<SessionEntry>();
  const part = Form.useWatch(["people", row], form) as PartEntry | undefined;
  const id = part?.person_id ?? "";
  const { data: person } = useQuery({ queryKey: ["person", id], queryFn: () => askPerson(id), enabled: id !== "" });
  const stored = session.people.find((each) => each.person_id === id && each.role === part?.role);
  const name = of(stored?.name ?? person?.name) || say("programme.part", { n: row + 1 });
  const press = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (!step) return;
    event.preventDefault();
    move(step);
  };
  const printed = (field: "title" | "affiliation", label: string) => (
    <div className="both">
      {(["zh", "en"] as const).map((side) => (
        <Form.Item
          key={side}
          name={[row, field, side]}
          label={say(side === "zh" ? "parts.in_zh" : "parts.in_en", { label })}
        >
          <Input maxLength={2000} placeholder={person?.[field][side] ?? ""} />
        </Form.Item>
      ))}
    </div>
  );
  return (
    <div
      className="line taking-part"
      role="group"
      aria-label={say("programme.part_named", { n: row + 1, name })}
      onKeyDown={press}
    >
      <div className="part-head">
        <b>{row + 1}</b>
        <Form.Item name={[row, "person_id"]}>
          <PickPerson aria-label={say("programme.part_person", { n: row + 1 })} />
        </Form.Item>
        <Form.Item name={[row, "role"]}>
          <OneOf aria-label={say("programme.part_role", { n: row + 1 })} options={roles} />
        </Form.Item>
        <Confirmed confirmed={stored?.confirmed} name={name} send={() => confirm(id, part?.role ?? "speaker")} />
        <MoveButtons name={name} at={row} of={last + 1} move={move} />
        <Button aria-label={say("programme.take_out", { name })} onClick={remove}>
          {say("parts.remove")}
        </Button>
        {id && <Link to={`/people/${id}`}>{say("people.more_about")}</Link>}
      </div>
      {printed("title", say("people.job"))}
      {printed("affiliation", say("people.affiliation"))}
    </div>
  );
}

interface ConfirmedProps {
  /** Whether the part is confirmed; not known before it is saved. */
  confirmed: boolean | undefined;
  name: string;
  send: () => Promise<unknown>;
}

function Confirmed({ confirmed, name, send }: ConfirmedProps) {
  const { say } = useSpeech();
  const { message } = App.useApp();
  const failure = useFailure();
  if (confirmed === undefined) return null;
  if (confirmed) return <Tag>{say("people.confirmed")}</Tag>;
  return (
    <Button
      aria-label={say("people.confirm", { title: name })}
      onClick={() => void send().catch((error: unknown) => message.error(failure(error)))}
    >
      {say("people.confirm_short")}
    </Button>
  );
}
