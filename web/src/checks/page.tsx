/** The queue of the formality check: how far it has come, what waits, and what is returned together. */

import { Checkbox, Form, Input, Skeleton } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { type Category, categoryName } from "../awards/form";
import { type Cycle, useCycleDefinition, useThisCycle } from "../cycles/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { OrganisationName } from "../organisations/named";
import { Asking } from "../parts/asking";
import { Choose } from "../parts/choose";
import { Moment } from "../parts/moment";
import { Exporting } from "../parts/exporting";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { numberOf } from "../parts/numbers";
import { ByOrganisation } from "../parts/picker";
import { Search } from "../parts/search";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { type CheckRow, FILTERS, useQueue, useReasons, useRenewChecks, useStatistics } from "./queries";
import { HANDS, isReturnable, SORTS, STANDINGS, USUAL_DAYS } from "./rules";
import { Clock, StandingTag } from "./shown";
import "./checks.css";

export function ChecksPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const { cycle } = useThisCycle();
  const { search } = useLocation();
  const [filters, change] = useFilters(FILTERS);
  const list = useQueue(cycle.id, useDeferredValue(filters));
  const statistics = useStatistics(cycle.id);
  const definition = useCycleDefinition(cycle.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useFreshRounds();
  const ahead = statistics.data?.ahead ?? 0;
  const categories = (definition.data?.categories ?? []) as unknown as Category[];
  const named = (key: string) => of(categoryName(categories, key));
  const rows = list.rows?.filter((row) => chosen.has(row.nomination_id)) ?? [];
  const choices = (family: string, all: readonly string[]) =>
    all.map((each) => ({ value: each, label: word(family, each) }));
  return (
    <>
      <Heads title={`${of(cycle.name)} · ${say("checks.title")}`}>
        <Exporting
          path={`/api/awards/cycles/${cycle.slug}/checks`}
          filters={asked(filters)}
          name={`${cycle.slug}-checks`}
        />
      </Heads>
      <Counts cycle={cycle} standing={filters.standing} />
      <div className="filters">
        <Search label={say("nominations.search")} value={filters.q} onChange={(q) => change({ q })} />
        <Choose
          label={say("nominations.category")}
          value={filters.category}
          choices={categories.map(({ key }) => ({ value: key, label: named(key) }))}
          onChange={(category) => change({ category })}
        />
        <Choose
          label={say("checks.hands")}
          value={filters.hands}
          choices={choices("checks.hands", HANDS)}
          onChange={(hands) => change({ hands })}
        />
        <Choose
          label={say("checks.sort")}
          value={filters.sort}
          choices={choices("checks.sort", SORTS)}
          onChange={(sort) => change({ sort })}
        />
        <ByOrganisation label={say("nominations.unit")} value={filters.unit} onChange={(unit) => change({ unit })} />
      </div>
      {rows.length > 0 && <Together cycle={cycle} rows={rows} done={() => setChosen(new Set())} />}
      <Listing
        name={say("checks.queue")}
        list={list}
        keyOf={(row) => row.nomination_id}
        nameOf={(row) => `${row.number} ${row.name}`}
        empty={say(search ? "checks.none_like_that" : "checks.none")}
        chosen={chosen}
        onChoose={setChosen}
        columns={[
          {
            key: "name",
            title: say("nominations.candidate"),
            cell: (row) => (
              <>
                <Link to={`/awards/cycles/${cycle.slug}/checks/${row.nomination_id}${search}`}>{row.name}</Link>
                <div className="faint">{row.number}</div>
              </>
            ),
          },
          { key: "category", title: say("nominations.category"), cell: (row) => named(row.category) },
          { key: "unit", title: say("nominations.unit"), cell: (row) => <OrganisationName id={row.unit_id} /> },
          {
            key: "standing",
            title: say("checks.standing"),
            cell: (row) => (
              <>
                <StandingTag standing={row.standing} />
                {row.correct_until && <Clock until={row.correct_until} ahead={ahead} />}
                {row.first_by && (
                  <div className="faint">
                    {say("checks.first_by")} <Who account={row.first_by} />
                  </div>
                )}
              </>
            ),
          },
          { key: "hands", title: say("checks.hands"), cell: (row) => row.taken_by && <Who account={row.taken_by} /> },
          { key: "at", title: say("checks.handed_in"), cell: (row) => <Moment at={row.submitted_at} /> },
        ]}
      />
      <p className="faint">{say("checks.choose_says")}</p>
    </>
  );
}

/** Whoever looks at the queue begins a new round with it. */
function useFreshRounds() {
  const queries = useQueryClient();
  useEffect(() => queries.removeQueries({ queryKey: ["round"] }), [queries]);
}

interface CountsProps {
  cycle: Cycle;
  standing: string;
}

/** How many there are of each standing, each the way to those; and for which reasons they were returned and rejected. */
function Counts({ cycle, standing }: CountsProps) {
  const { say, of } = useSpeech();
  const word = useWord();
  const { data, error } = useStatistics(cycle.id);
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />;
  const count = (key: string) => data.standings.find((each) => each.key === key)?.count ?? 0;
  const here = `/awards/cycles/${cycle.slug}/checks`;
  return (
    <>
      <ul className="figures" aria-label={say("checks.how_far")}>
        <li>
          <Link to={here} aria-current={standing === "" ? "true" : undefined}>
            <b>{data.total}</b> {say("checks.all")}
          </Link>
        </li>
        {STANDINGS.map((each) => (
          <li key={each} data-figure={each}>
            <Link
              to={`${here}?standing=${each}`}
              className={each === "overdue" && count(each) > 0 ? "blocks" : ""}
              aria-current={standing === each ? "true" : undefined}
            >
              <b>{count(each)}</b> {word("standing", each)}
            </Link>
          </li>
        ))}
      </ul>
      {data.until && (
        <p>
          {say("checks.until")} <Moment at={data.until} /> <Clock until={data.until} ahead={data.ahead} />
        </p>
      )}
      {data.reasons.length > 0 && (
        <details className="how-far">
          <summary>{say("checks.by_reason")}</summary>
          <ul>
            {data.reasons.map(({ key, words, count: n }) => (
              <li key={key}>
                {of(words)} <b>{n}</b>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface TogetherProps {
  cycle: Cycle;
  rows: readonly CheckRow[];
  done: () => void;
}

interface Fields {
  reasons: string[];
  words?: string;
  working_days: string;
}

/** Several that are returned for one reason: all or none. */
function Together({ cycle, rows, done }: TogetherProps) {
  const { say, of } = useSpeech();
  const reasons = useReasons(cycle.programme_id);
  const renew = useRenewChecks();
  const others = rows.filter((row) => !isReturnable(row));
  const send = async ({ working_days, ...fields }: Fields) => {
    const body: Schemas["BulkReturnIn"] = {
      words: "",
      ...fields,
      nomination_ids: rows.map((row) => row.nomination_id),
      working_days: numberOf(working_days) ?? Number(USUAL_DAYS),
    };
    await told(api.POST("/api/awards/cycles/{ref}/checks/return", { params: { path: { ref: cycle.id } }, body }));
    await renew();
    done();
  };
  if (others.length > 0)
    return (
      <p role="status">
        {say("checks.not_together", { names: others.map((row) => row.number).join(say("awards.comma")) })}
      </p>
    );
  return (
    <div className="acts">
      <Asking<Fields, unknown>
        primary
        label={say("checks.return_n", { n: rows.length })}
        says={say("checks.return_n_says", { n: rows.length })}
        start={{ reasons: [], working_days: USUAL_DAYS }}
        send={send}
        about={{ "reason-unnamed": ["reasons"] }}
      >
        <Form.Item
          name="reasons"
          label={say("checks.reasons")}
          rules={[{ type: "array", min: 1, message: say("parts.needed") }]}
        >
          <Checkbox.Group
            className="reasons"
            options={(reasons.data?.reasons ?? [])
              .filter((each) => each.outcomes.includes("return"))
              .map((each) => ({ value: each.key, label: of(each.words) }))}
          />
        </Form.Item>
        <Form.Item name="words" label={say("checks.words")}>
          <Input.TextArea rows={3} maxLength={5000} />
        </Form.Item>
        <Form.Item name="working_days" label={say("checks.working_days")}>
          <Input type="number" min={1} max={60} />
        </Form.Item>
      </Asking>
    </div>
  );
}
