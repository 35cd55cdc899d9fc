/** Many nominations at once: where they go, the template, and the way of the workbook that comes back. */

import { Skeleton } from "antd";
import { useSearchParams } from "react-router";
import { partsOf } from "../awards/definition";
import { AwardsNavigation } from "../awards/frame";
import { textOf } from "../awards/shown";
import { useCycleDefinition, useCycles } from "../cycles/queries";
import { TimeLeft } from "../cycles/left";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { useUnit } from "../nominations/unit";
import { OneOf } from "../parts/choice";
import { Heads } from "../parts/heads";
import { PickOrganisation } from "../parts/picker";
import { templateOf } from "./queries";
import { Way } from "./way";

const LANGUAGES = ["zh", "en"] as const;

export function SheetsPage() {
  const { say, of } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const own = useUnit();
  const calls = useCycles({ state: "open" });
  const asked = search.get("cycle") ?? "";
  const call = calls.rows?.find(({ id, slug }) => id === asked || slug === asked) ?? calls.rows?.[0];
  const definition = useCycleDefinition(call?.id ?? "");
  const categories = definition.data ? partsOf(definition.data).categories.filter(({ form }) => form) : [];
  const category = categories.find(({ key }) => key === search.get("category")) ?? categories[0];
  const unit = search.get("unit") ?? own;
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    if (name === "cycle") next.delete("category");
    setSearch(next, { replace: true });
  };
  const error = calls.error ?? definition.error;
  return (
    <>
      <AwardsNavigation />
      <Heads title={say("sheets.title")} />
      <p>{say("sheets.says")}</p>
      {error && <Failure error={error} />}
      {!calls.rows && !error && <Skeleton active />}
      {calls.rows?.length === 0 && <p>{say("sheets.no_calls")}</p>}
      {call && category && (
        <>
          <section className="part">
            <h2>{say("sheets.step_what")}</h2>
            <div className="filters">
              <label>
                {say("sheets.call")}
                <OneOf
                  aria-label={say("sheets.call")}
                  value={call.id}
                  options={(calls.rows ?? []).map((each) => [each.id, of(each.name)] as const)}
                  onChange={(id) => change("cycle", id)}
                />
              </label>
              <label>
                {say("nominations.category")}
                <OneOf
                  aria-label={say("nominations.category")}
                  value={category.key}
                  options={categories.map(({ key, name }) => [key, of(textOf(name))] as const)}
                  onChange={(key) => change("category", key)}
                />
              </label>
              <label>
                {say("nominations.unit")}
                <PickOrganisation
                  aria-label={say("nominations.unit")}
                  value={unit || null}
                  onChange={(id) => change("unit", id ?? "")}
                />
              </label>
            </div>
            <TimeLeft cycle={call.id} {...(unit && { unit })} />
          </section>
          <section className="part">
            <h2>{say("sheets.step_template")}</h2>
            <p className="faint">{say("sheets.template_says")}</p>
            <div className="acts">
              {LANGUAGES.map((language) => (
                <a
                  key={language}
                  className="action"
                  href={templateOf({ cycle: call.slug, category: category.key, unit }, language)}
                  download
                >
                  {say(`sheet_template.${language}`)}
                </a>
              ))}
            </div>
          </section>
          <Way key={`${call.id} ${category.key} ${unit}`} target={{ cycle: call.slug, category: category.key, unit }} />
        </>
      )}
    </>
  );
}
