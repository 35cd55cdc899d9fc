/** The programmes of the association: found, filtered, taken along as a file. */

import { useDeferredValue } from "react";
import { Link } from "react-router";
import { useSpeech } from "../frame/language";
import { useRights } from "../frame/rights";
import { useOwnerFilter } from "../frame/working";
import { Choose } from "../parts/choose";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { ByOrganisation } from "../parts/picker";
import { Search } from "../parts/search";
import { useWord } from "../parts/word";
import { useProgrammes } from "./queries";
import { STANDINGS, SUBJECTS, VERBS } from "./rules";
import { Marks } from "./shown";

export function ProgrammesPage() {
  const { say, of } = useSpeech();
  const word = useWord();
  const office = useRights()("award_officer");
  const names = ["q", "standing", "verb", "subject", "template", "owner"] as const;
  const [filters, change] = useFilters(names, useOwnerFilter());
  const list = useProgrammes(useDeferredValue(filters));
  const choose = (name: "standing" | "verb" | "subject", family: string, values: readonly string[]) => (
    <Choose
      label={say(name === "subject" ? "awards.subjects" : `awards.field.${name}`)}
      value={filters[name]}
      choices={values.map((value) => ({ value, label: word(family, value) }))}
      onChange={(value) => change({ [name]: value })}
    />
  );
  const { template, ...others } = asked(filters);
  const files = { ...others, ...(template && { template: String(template === "yes") }) };
  return (
    <>
      <Heads title={say("awards.programmes")}>
        <Files path="/api/awards/programmes" filters={files} />
        {office && (
          <Link className="action" to="/awards/programmes/new">
            {say("awards.new")}
          </Link>
        )}
      </Heads>
      <div className="filters">
        <Search label={say("awards.search")} value={filters.q} onChange={(words) => change({ q: words })} />
        {choose("standing", "award_standing", STANDINGS)}
        {choose("verb", "award_verb", VERBS)}
        {choose("subject", "subject", SUBJECTS)}
        <Choose
          label={say("awards.templates")}
          value={filters.template}
          choices={[
            { value: "yes", label: say("awards.template_only") },
            { value: "no", label: say("awards.template_none") },
          ]}
          onChange={(value) => change({ template: value })}
        />
        <ByOrganisation label={say("awards.owner")} value={filters.owner} onChange={(owner) => change({ owner })} />
      </div>
      <Listing
        name={say("awards.programmes")}
        list={list}
        keyOf={(programme) => programme.id}
        empty={say(office ? "awards.none_to_begin" : "awards.none")}
        columns={[
          {
            key: "name",
            title: say("awards.name"),
            cell: (programme) => (
              <>
                <Link to={`/awards/programmes/${programme.slug}`}>{of(programme.name)}</Link>{" "}
                <Marks programme={programme} />
              </>
            ),
          },
          {
            key: "standing",
            title: say("awards.field.standing"),
            cell: ({ standing }) => (standing ? word("award_standing", standing) : <Unknown />),
          },
          {
            key: "verb",
            title: say("awards.field.verb"),
            cell: ({ verb }) => (verb ? word("award_verb", verb) : <Unknown />),
          },
          {
            key: "subjects",
            title: say("awards.subjects"),
            cell: ({ subjects }) => subjects.map((each) => word("subject", each)).join(say("awards.comma")),
          },
          {
            key: "recurrence",
            title: say("awards.field.recurrence"),
            cell: ({ recurrence }) => recurrence && word("recurrence", recurrence),
          },
          {
            key: "missing",
            title: say("awards.state"),
            cell: ({ missing }) =>
              missing.length === 0 ? say("awards.complete") : say("awards.lacks", { n: missing.length }),
          },
        ]}
      />
    </>
  );
}

function Unknown() {
  const { say } = useSpeech();
  return <span className="faint">{say("awards.unknown")}</span>;
}
