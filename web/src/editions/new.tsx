/** A new edition of a series. */

import { Form } from "antd";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useOwnerFilter } from "../frame/working";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { PickSeries } from "../series/pick";
import { ABOUT, Days, Naming, Place, Programme, Secretariat } from "./fields";
import { useRenew } from "./queries";
import { NEW, sent } from "./rules";

type New = Schemas["EditionIn"];

export function NewEditionPage() {
  const { say } = useSpeech();
  const renew = useRenew();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { owner } = useOwnerFilter();
  const series = search.get("series");
  const open = async ({ has_programme, owner_id, ...values }: New) => {
    // What has no programme, such as a theme period, is known by its series unless it is said here.
    const body = { ...sent(values), ...(has_programme === false && { has_programme }), ...(owner_id && { owner_id }) };
    const made = await told(api.POST("/api/events/editions", { params: {}, body }));
    await renew();
    await navigate(`/editions/${made.slug}`);
  };
  return (
    <>
      <Heads title={say("editions.new")} />
      <Entry<New>
        start={{ ...NEW, organisations: [], ...(series && { series_id: series }), ...(owner && { owner_id: owner }) }}
        send={open}
        submit={say("editions.create")}
        about={{ ...ABOUT, "unknown-series": ["series_id"] }}
      >
        <div className="beside-each-other">
          <Form.Item
            name="series_id"
            label={say("edition.series")}
            rules={[{ required: true }]}
            extra={<Link to="/series/new">{say("edition.no_series_yet")}</Link>}
          >
            <PickSeries />
          </Form.Item>
          <Form.Item name="owner_id" label={say("series.field.owner")} extra={say("edition.owner_help")}>
            <PickOrganisation />
          </Form.Item>
        </div>
        <Naming />
        <Days />
        <Place />
        <Programme />
        <Secretariat />
      </Entry>
    </>
  );
}
