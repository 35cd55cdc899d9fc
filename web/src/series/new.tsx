/** A new series. */

import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { useMe } from "../frame/queries";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { SeriesFields } from "./fields";
import { NO_WORDS, sent } from "./rules";

type New = Schemas["SeriesIn"];

export function NewSeriesPage() {
  const { say } = useSpeech();
  const me = useMe().data;
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
        start={{ name: NO_WORDS, kind: "forum", owner_id: me?.organisation_id ?? "", description: NO_WORDS, note: NO_WORDS }}
        send={open}
        submit={say("series.create")}
        about={{ "slug-taken": ["slug"] }}
      >
        <div className="beside-each-other">
          <Form.Item name="slug" label={say("series.slug")} extra={say("series.slug_help")} rules={[{ required: true }]}>
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
          <Form.Item name="owner_id" label={say("series.owner")}>
            <PickOrganisation />
          </Form.Item>
        </div>
        <SeriesFields />
      </Entry>
    </>
  );
}
