/** A new edition, made of a programme file. */

import { Form, Input } from "antd";
import { useState } from "react";
import { api, told } from "../api/client";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Picker } from "../parts/picker";
import { slugOf } from "./rules";
import { Wizard } from "./wizard";

const SERIES = {
  kind: "series",
  find: async (q: string) =>
    (await told(api.GET("/api/events/series", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (ref: string) => told(api.GET("/api/events/series/{ref}", { params: { path: { ref } } })),
};

export function NewEditionPage() {
  const { say } = useSpeech();
  const [typed, setTyped] = useState<string>();
  const [suggested, setSuggested] = useState("");
  const [series, setSeries] = useState<string | null>(null);
  const slug = typed ?? suggested;
  return (
    <>
      <Heads title={say("import.new_title")} />
      <p>{say("import.told")}</p>
      <Wizard
        target={{ edition: slug, create: true, series }}
        zone={say("import.zone_file")}
        onFile={(file) => setSuggested(slugOf(file.name))}
      >
        <Form.Item label={say("import.slug")} htmlFor="import-slug" extra={say("import.slug_help")} required>
          <Input
            id="import-slug"
            value={slug}
            maxLength={80}
            pattern="[a-z0-9][a-z0-9\-]*"
            onChange={({ target }) => setTyped(target.value)}
          />
        </Form.Item>
        <Form.Item label={say("import.series")} htmlFor="import-series" extra={say("import.series_help")}>
          <Picker id="import-series" source={SERIES} value={series} onChange={setSeries} />
        </Form.Item>
      </Wizard>
    </>
  );
}
