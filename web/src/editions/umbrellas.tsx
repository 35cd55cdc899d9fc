/** Under what an edition stands beside its series: other series, and editions such as the summit whose forum it is. */

import { useQuery } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useState } from "react";
import { api, ifMatch, type Text, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Remove } from "../parts/remove";
import { PickSeries } from "../series/pick";
import { readSeries } from "../series/queries";
import { PickEdition } from "./pick";
import { readEdition, useRenew } from "./queries";
import type { Edition } from "./rules";

export function Umbrellas({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const renew = useRenew();
  const [series, setSeries] = useState<string | null>(null);
  const [upper, setUpper] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const add = async (body: { series_id: string } | { edition_id: string }) => {
    setError(undefined);
    try {
      const params = { path: { ref: edition.id }, header: ifMatch(edition.version) };
      await told(api.POST("/api/events/editions/{ref}/umbrellas", { params, body }));
      setSeries(null);
      setUpper(null);
    } catch (caught) {
      setError(caught);
    }
    await renew();
  };
  const remove = async (umbrella: string) => {
    const params = { path: { ref: edition.id, umbrella_id: umbrella }, header: ifMatch(edition.version) };
    await told(api.DELETE("/api/events/editions/{ref}/umbrellas/{umbrella_id}", { params }));
    await renew();
  };
  const own = [
    ...edition.umbrella_series.map((id) => ({ id, read: readSeries })),
    ...edition.umbrella_editions.map((id) => ({ id, read: readEdition })),
  ];
  return (
    <section className="part entry">
      <h2>{say("umbrellas.title")}</h2>
      <p className="faint">{say("umbrellas.explained")}</p>
      <ul className="cards">
        {own.map(({ id, read }) => (
          <Umbrella key={id} id={id} read={read} remove={() => remove(id)} />
        ))}
      </ul>
      <div className="beside-each-other">
        <Space orientation="vertical">
          <PickSeries aria-label={say("umbrellas.series")} value={series} onChange={setSeries} />
          <Button disabled={!series} onClick={() => series && void add({ series_id: series })}>
            {say("umbrellas.under_series")}
          </Button>
        </Space>
        <Space orientation="vertical">
          <PickEdition aria-label={say("umbrellas.edition")} value={upper} onChange={setUpper} />
          <Button disabled={!upper} onClick={() => upper && void add({ edition_id: upper })}>
            {say("umbrellas.under_edition")}
          </Button>
        </Space>
      </div>
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}

interface UmbrellaProps {
  id: string;
  read: (ref: string) => Promise<{ name: Text }>;
  remove: () => Promise<void>;
}

function Umbrella({ id, read, remove }: UmbrellaProps) {
  const { of } = useSpeech();
  const { data } = useQuery({ queryKey: ["umbrella", id], queryFn: () => read(id) });
  const name = of(data?.name) || id;
  return (
    <li className="strip">
      {name} <Remove name={name} remove={remove} />
    </li>
  );
}
