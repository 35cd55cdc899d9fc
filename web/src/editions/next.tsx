/** The next edition of a series, begun from this one: what is taken along is moved to the new dates. */

import { Checkbox, Form } from "antd";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { NO_WORDS } from "../series/rules";
import { ABOUT, Days, Naming } from "./fields";
import { useRenew, useThisEdition } from "./queries";
import { nextSlug, PARTS, sent, yearLater } from "./rules";

type Next = Schemas["NextIn"];

export function NextEditionPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const edition = useThisEdition();
  const renew = useRenew();
  const navigate = useNavigate();
  const open = async ({ number, ...values }: Next) => {
    const params = { path: { ref: edition.id } };
    const body = { ...sent(values), ...(number && { number }) };
    const made = await told(api.POST("/api/events/editions/{ref}/next", { params, body }));
    await renew();
    await navigate(`/editions/${made.slug}`);
  };
  const start: Partial<Next> = {
    name: edition.name,
    slug: nextSlug(edition.slug),
    number: edition.number && edition.number + 1,
    acronym: edition.acronym,
    subtitle: NO_WORDS,
    description: edition.description,
    starts_on: yearLater(edition.starts_on),
    ends_on: yearLater(edition.ends_on),
    date_precision: edition.date_precision as Schemas["Precision"],
    tentative: true,
    city: NO_WORDS,
    parts: [...PARTS],
  };
  return (
    <>
      <Heads title={say("next.title", { name: of(edition.name) })} />
      <p>{say("next.explained")}</p>
      <Entry<Next> start={start} send={open} submit={say("next.create")} about={ABOUT}>
        <Naming />
        <Days />
        <Both name="city" label={say("edition.field.city")} />
        <h2>{say("next.parts")}</h2>
        <Form.Item name="parts" label={say("next.parts_label")}>
          <Checkbox.Group options={PARTS.map((part) => ({ value: part, label: word("part", part) }))} />
        </Form.Item>
      </Entry>
    </>
  );
}
