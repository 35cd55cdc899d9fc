/** The key dates of an edition: listed in order of time, entered, changed, removed. */

import { Button, Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useWord } from "../parts/word";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { AskApproval, isUnapproved } from "./approving";
import { type DateFields, dateFields, KEY_DATE_KINDS, type KeyDate, sentDate, STATUSES, whenOf } from "./key_dates";
import { Unbroken } from "./shown";
import { useKeyDates, useRenew, useThisEdition } from "./queries";

type Content = Record<string, unknown>;

export function DatesPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const may = useRights();
  const edition = useThisEdition();
  const dates = useKeyDates(edition.id);
  const renew = useRenew();
  const [open, setOpen] = useState<KeyDate | "new">();
  const [content, setContent] = useState<Content>({});
  const path = { ref: edition.id };
  const renewed = () => renew(["key dates"]);
  const unapproved = (error: unknown) =>
    isUnapproved(error) && <AskApproval edition={edition} deed="key_date" content={content} />;
  const close = () => setOpen(undefined);
  const add = async (values: DateFields) => {
    const body = sentDate(values);
    setContent(body);
    await told(api.POST("/api/events/editions/{ref}/key-dates", { params: { path }, body }));
    await renewed();
    close();
  };
  const at = (date: KeyDate, version: number) => ({
    path: { ...path, key_date_id: date.id },
    header: ifMatch(version),
  });
  const change = async (date: KeyDate, changes: Partial<DateFields>, version: number) => {
    const body = sentDate({ ...dateFields(date), ...changes });
    setContent({ ...body, id: date.id });
    const params = at(date, version);
    const changed = await told(api.PATCH("/api/events/editions/{ref}/key-dates/{key_date_id}", { params, body }));
    await renewed();
    close();
    return { version: changed.version, values: dateFields(changed) };
  };
  const read = async (date: KeyDate) => {
    const params = { path: { ...path, key_date_id: date.id } };
    const now = await told(api.GET("/api/events/editions/{ref}/key-dates/{key_date_id}", { params }));
    return { version: now.version, values: dateFields(now) };
  };
  const remove = async (date: KeyDate) => {
    setContent({ id: date.id, remove: true });
    await told(api.DELETE("/api/events/editions/{ref}/key-dates/{key_date_id}", { params: at(date, date.version) }));
    await renewed();
  };
  const organizes = may("organizer");
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("edition.key_dates")}`}>
        <Files path={`/api/events/editions/${edition.slug}/key-dates`} />
        {organizes && (
          <Button type="primary" onClick={() => setOpen("new")}>
            {say("dates.add")}
          </Button>
        )}
      </Heads>
      <Listing
        name={say("edition.key_dates")}
        list={dates}
        keyOf={(date) => date.id}
        empty={say("dates.none")}
        columns={[
          { key: "when", title: say("dates.when"), cell: (date) => <Unbroken>{whenOf(date)}</Unbroken> },
          { key: "title", title: say("date.field.title"), cell: (date) => of(date.title) },
          { key: "kind", title: say("date.field.kind"), cell: (date) => word("date_kind", date.kind) },
          { key: "status", title: say("date.field.status"), cell: (date) => word("status", date.status) },
          ...(organizes
            ? [
                {
                  key: "change",
                  title: say("dates.do"),
                  cell: (date: KeyDate) => (
                    <span className="states">
                      <Button aria-label={say("dates.change", { name: of(date.title) })} onClick={() => setOpen(date)}>
                        {say("dates.edit")}
                      </Button>
                      <Remove
                        name={of(date.title)}
                        effect={say("dates.remove_effect")}
                        remove={() => remove(date)}
                        instead={unapproved}
                      />
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Modal
        open={open !== undefined}
        title={open && open !== "new" ? say("dates.change", { name: of(open.title) }) : say("dates.add")}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        {open === "new" && (
          <Entry<DateFields>
            start={dateFields()}
            send={add}
            submit={say("dates.add")}
            about={ABOUT}
            instead={unapproved}
          >
            <DateForm zone={edition.zone} />
          </Entry>
        )}
        {open && open !== "new" && (
          <Revise<DateFields>
            start={{ version: open.version, values: dateFields(open) }}
            read={() => read(open)}
            send={(changes, version) => change(open, changes, version)}
            label={(name) => word("date.field", name)}
            about={ABOUT}
            instead={unapproved}
          >
            <DateForm zone={edition.zone} />
          </Revise>
        )}
      </Modal>
    </>
  );
}

/** Days and times of day are never both shown: what is refused is about whichever there is. */
const ABOUT = { "dates-backwards": ["until"], "dates-incomplete": ["from"], "no-such-wall-time": ["from"] } as const;

function DateForm({ zone }: { zone: string }) {
  const { say } = useSpeech();
  const word = useWord();
  const type = Form.useWatch<DateFields["by"] | undefined>("by") === "time" ? "datetime-local" : "date";
  const choices = (family: string, values: readonly Schemas["KeyDateKind"][] | typeof STATUSES) =>
    values.map((value) => ({ value, label: word(family, value) }));
  return (
    <>
      <div className="beside-each-other">
        <Form.Item name="kind" label={say("date.field.kind")}>
          <Select options={choices("date_kind", KEY_DATE_KINDS)} />
        </Form.Item>
        <Form.Item name="status" label={say("date.field.status")}>
          <Select options={choices("status", STATUSES)} />
        </Form.Item>
      </div>
      <Both name="title" label={say("date.field.title")} />
      <Form.Item name="by" label={say("date.field.by")}>
        <Radio.Group
          options={[
            { value: "day", label: say("dates.by_day") },
            { value: "time", label: say("dates.by_time", { zone }) },
          ]}
        />
      </Form.Item>
      <div className="beside-each-other">
        <Form.Item name="from" label={say("date.field.from")}>
          <Input type={type} />
        </Form.Item>
        <Form.Item name="until" label={say("date.field.until")}>
          <Input type={type} />
        </Form.Item>
      </div>
      <Both name="description" label={say("date.field.description")} rows={2} maxLength={20_000} />
    </>
  );
}
