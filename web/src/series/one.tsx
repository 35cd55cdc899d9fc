/** One series: what it is, its editions, and what was done to it. */

import { useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import { api, ifMatch, told } from "../api/client";
import { Dates, EditionState } from "../editions/shown";
import { useEditions } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { inWords } from "../parts/differences";
import { Deeds } from "../audit/deeds";
import { useLabel, useWord } from "../parts/word";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { Remove } from "../parts/remove";
import { Revise } from "../parts/revise";
import { SeriesFields } from "./fields";
import { readSeries, type Series, useOneSeries, useSeriesHistory } from "./queries";
import { fieldsOf, sent, type SeriesPatch } from "./rules";

export function OneSeriesPage() {
  const { series: ref = "" } = useParams();
  const { data: series, error } = useOneSeries(ref);
  if (!series) return error ? <Failure error={error} /> : <Skeleton active />;
  return <One key={series.id} series={series} />;
}

function One({ series }: { series: Series }) {
  const { say, of, language } = useSpeech();
  const may = useRights();
  const organizes = may("organizer");
  return (
    <>
      <Heads title={of(series.name)}>
        <a href={`/${language}/events/${series.slug}`}>{say("series.public_page")}</a>
        {organizes && (
          <Link className="action" to={`/editions/new?series=${series.id}`}>
            {say("series.new_edition")}
          </Link>
        )}
      </Heads>
      <Editions series={series} />
      {organizes ? <Change series={series} /> : <Said series={series} />}
    </>
  );
}

function Editions({ series }: { series: Series }) {
  const { say, of } = useSpeech();
  const editions = useEditions({ series: series.slug, sort: "-date" });
  return (
    <section className="part">
      <h2>{say("series.editions")}</h2>
      <Listing
        name={say("series.editions")}
        list={editions}
        keyOf={(edition) => edition.id}
        empty={say("series.no_editions")}
        columns={[
          {
            key: "name",
            title: say("series.field.name"),
            cell: (edition) =>
              edition.inside ? <Link to={`/editions/${edition.slug}`}>{of(edition.name)}</Link> : of(edition.name),
          },
          { key: "dates", title: say("editions.dates"), cell: (edition) => <Dates edition={edition} /> },
          { key: "state", title: say("editions.state"), cell: (edition) => <EditionState edition={edition} /> },
        ]}
      />
    </section>
  );
}

function Change({ series }: { series: Series }) {
  const { say, of } = useSpeech();
  const word = useWord();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const label = useLabel("series.field");
  const history = useSeriesHistory(series.slug);
  const field = (name: string) => word("series.field", name);
  const read = async () => {
    const { version, ...standing } = await readSeries(series.slug);
    return { version, values: fieldsOf({ version, ...standing }) };
  };
  const renew = () => {
    for (const key of ["series", "one series", "series history"]) void queries.invalidateQueries({ queryKey: [key] });
  };
  const save = async (changes: Partial<SeriesPatch>, version: number) => {
    const params = { path: { ref: series.slug }, header: ifMatch(version) };
    const changed = await told(api.PATCH("/api/events/series/{ref}", { params, body: sent(changes) }));
    renew();
    return { version: changed.version, values: fieldsOf(changed) };
  };
  const remove = async () => {
    const params = { path: { ref: series.slug }, header: ifMatch((await readSeries(series.slug)).version) };
    await told(api.DELETE("/api/events/series/{ref}", { params }));
    renew();
    await navigate("/series");
  };
  return (
    <>
      <section className="part">
        <h2>{say("series.change")}</h2>
        <Revise<SeriesPatch>
          start={{ values: fieldsOf(series), version: series.version }}
          read={read}
          send={save}
          label={field}
          about={{ "umbrella-loop": ["umbrella_id"] }}
          beside={<Remove name={of(series.name)} effect={say("series.remove_effect")} remove={remove} />}
        >
          <SeriesFields />
        </Revise>
      </section>
      <section className="part">
        <h2>{say("series.history")}</h2>
        <Deeds name={say("series.history")} asked={history} label={label} />
      </section>
    </>
  );
}

/** A series, to somebody who does not change it. */
function Said({ series }: { series: Series }) {
  const word = useWord();
  return (
    <dl className="said-of">
      {Object.entries({ ...fieldsOf(series), kind: word("kind", series.kind) }).map(([name, value]) => (
        <div key={name}>
          <dt>{word("series.field", name)}</dt>
          <dd>{inWords(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
