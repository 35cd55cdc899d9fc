/** A new series. */

import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { useOwner } from "../frame/working";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { SeriesFields } from "./fields";
import { NOTHING, sent } from "./rules";

type New = Schemas["SeriesIn"];

export function NewSeriesPage() {
  const { say } = useSpeech();
  const home = useMe().data?.organisation_id;
  const own = useOwner() ?? home;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = async (values: New) => {
    const made = await told(api.POST("/api/events/series", { params: {}, body: sent(values) }));
    await queries.invalidateQueries({ queryKey: ["series"] });
    await navigate(`/series/${made.slug}`);
  };
  return (
    <>
      <Heads title={say("series.new")} />
      <Entry<New>
        start={{ ...NOTHING, ...(own && { owner_id: own }) }}
        send={open}
        submit={say("series.create")}
        about={{ "slug-taken": ["slug"] }}
      >
        <div className="beside-each-other">
          <Form.Item
            name="slug"
            label={say("series.field.slug")}
            extra={say("series.slug_help")}
            rules={[{ required: true }]}
          >
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
          <Form.Item name="owner_id" label={say("series.field.owner")}>
            <PickOrganisation />
          </Form.Item>
        </div>
        <SeriesFields />
      </Entry>
    </>
  );
}
