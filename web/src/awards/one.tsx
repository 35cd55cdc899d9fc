/** One programme: what it is, what it lacks, its cycles, and what was done to it. */

import { Alert, Form } from "antd";
import { Link } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { CycleList } from "../cycles/listed";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { Deeds } from "../audit/deeds";
import { Both } from "../parts/entry";
import { Facts } from "../parts/facts";
import { Go } from "../parts/go";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { useLabel, useWord } from "../parts/word";
import { NO_WORDS } from "../series/rules";
import type { Category } from "./form";
import { ABOUT, SlugField } from "./new";
import { type Programme, useProgrammeHistory, useRenewProgrammes, useThisProgramme } from "./queries";
import { EXAMPLE, placeOf } from "./rules";
import { Marks, useGap } from "./shown";

export function ProgrammePage() {
  const { say, of, language } = useSpeech();
  const { programme, definition } = useThisProgramme();
  return (
    <>
      <Heads title={of(programme.name)}>
        <Marks programme={programme} />
        <a href={`/${language}/calendars/programmes/${programme.slug}`}>{say("awards.feed")}</a>
        {definition && !programme.is_template && (
          <Link className="action" to={`/awards/cycles/new?programme=${programme.id}`}>
            {say("awards.new_cycle")}
          </Link>
        )}
      </Heads>
      {programme.is_template && <Alert type="info" showIcon title={say("awards.template_long")} />}
      {programme.flags.includes(EXAMPLE) && <Alert type="warning" showIcon title={say("awards.example_long")} />}
      <Said programme={programme} />
      {definition ? (
        <>
          <Missing programme={programme} categories={definition.categories as unknown as Category[]} />
          <Copy programme={programme} />
        </>
      ) : (
        <p className="faint">{say("awards.no_definition")}</p>
      )}
      <section className="part">
        <h2>{say("awards.cycles_of")}</h2>
        <CycleList filters={{ programme: programme.slug }} name={say("awards.cycles_of")} programme={false} />
      </section>
      {definition && <Past programme={programme} />}
    </>
  );
}

function Said({ programme }: { programme: Programme }) {
  const { say, of, language } = useSpeech();
  const word = useWord();
  const { basis, standing, verb, recurrence } = programme;
  const documents = programme.documents.map((each) => [each.code, of(each.title)].filter(Boolean).join(" "));
  return (
    <Facts
      facts={[
        [say("awards.field.standing"), standing && word("award_standing", standing)],
        [
          say("awards.field.basis"),
          basis && [of(basis.title), basis.number, of(basis.issuer), basis.issued_on].filter(Boolean).join(" · "),
        ],
        [say("awards.field.owners"), programme.owners.map((owner) => of(owner.name)).join(say("awards.comma"))],
        [say("awards.field.verb"), verb && word("award_verb", verb)],
        [say("awards.field.recurrence"), recurrence && word("recurrence", recurrence)],
        [say("awards.subjects"), programme.subjects.map((each) => word("subject", each)).join(say("awards.comma"))],
        [say("awards.field.documents"), documents.join(language === "zh" ? "；" : "; ")],
        [say("awards.field.flags"), programme.flags.join(", ")],
        [say("awards.field.description"), of(programme.description)],
        [say("awards.field.note"), of(programme.note)],
      ]}
    />
  );
}

function Missing({ programme, categories }: { programme: Programme; categories: readonly Category[] }) {
  const { say } = useSpeech();
  const gap = useGap(categories);
  return (
    <section className="part">
      <h2>{say("awards.missing")}</h2>
      {programme.missing.length === 0 ? (
        <p>{say("awards.all_there")}</p>
      ) : (
        <>
          <p>{say("awards.missing_help")}</p>
          <ul className="gaps">
            {programme.missing.map((each) => {
              const place = placeOf(each.code);
              return (
                <li key={`${each.code} ${each.category}`}>
                  {gap(each)}{" "}
                  {place && (
                    <Link
                      className="onward"
                      to={`/awards/programmes/${programme.slug}/${place}`}
                      aria-label={say("awards.fill_in_what", { what: gap(each) })}
                    >
                      {say("awards.fill_in")}
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

function Copy({ programme }: { programme: Programme }) {
  const { say } = useSpeech();
  const renew = useRenewProgrammes();
  const send = async (body: Schemas["CopyIn"]) => {
    const params = { path: { ref: programme.id } };
    const made = await told(api.POST("/api/awards/programmes/{ref}/copy", { params, body }));
    await renew();
    return made;
  };
  return (
    <Asking<Schemas["CopyIn"], Programme>
      label={say("awards.copy")}
      says={say("awards.copy_help")}
      start={{ name: NO_WORDS, owner_id: programme.owner_id }}
      send={send}
      about={ABOUT}
      primary={programme.is_template}
      shows={(made) => (
        <p>
          {say("awards.copy_made")} <Go to={`/awards/programmes/${made.slug}`}>{say("awards.copy_open")}</Go>
        </p>
      )}
    >
      <SlugField />
      <Both name="name" label={say("awards.name")} />
      <Form.Item name="owner_id" label={say("awards.owner")}>
        <PickOrganisation />
      </Form.Item>
    </Asking>
  );
}

function Past({ programme }: { programme: Programme }) {
  const { say } = useSpeech();
  const label = useLabel("awards.field");
  const history = useProgrammeHistory(programme.slug);
  return (
    <section className="part">
      <h2>{say("awards.history")}</h2>
      <Deeds name={say("awards.history")} asked={history} label={label} />
    </section>
  );
}
