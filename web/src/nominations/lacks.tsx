/** What stands against handing a nomination in, each with the way to its place; and what the rules say by now. */

import { Button } from "antd";
import type { Schemas } from "../api/client";
import type { FormDefinition } from "../awards/form";
import { textOf } from "../awards/shown";
import { VerdictInWords } from "../eligibility/verdict";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { idOf } from "./fields";
import { placesOf } from "./rules";

interface Props {
  readiness: Schemas["ReadinessOut"] | undefined;
  form: FormDefinition | null;
}

const KINDS = ["eligibility", "quota", "field", "attachment", "consent", "notice"] as const;

export function Lacks({ readiness, form }: Props) {
  const { say, of } = useSpeech();
  const word = useWord();
  const named = useFieldNames(form);
  if (!readiness) return null;
  const { lacks } = readiness;
  return (
    <section className="panel">
      <h2>{say("nominations.missing")}</h2>
      <p role="status">
        {readiness.ready ? say("nominations.nothing_missing") : say("nominations.missing_n", { n: lacks.length })}
      </p>
      {KINDS.map((kind) => {
        const all = lacks.filter((lack) => lack.kind === kind);
        if (all.length === 0) return null;
        return (
          <details key={kind} open={kind !== "field" || all.length <= 12}>
            <summary>
              {word("lack", kind)} ({all.length})
            </summary>
            <ul>
              {all.map((lack) => (
                <li key={`${lack.pointer} ${lack.code}`}>
                  {kind === "quota" ? (
                    of(lack.words)
                  ) : (
                    <Button type="link" size="small" onClick={() => goTo(lack.pointer)}>
                      {kind === "field" ? `${placeIn(lack.pointer, named)} ${of(lack.words)}` : of(lack.words)}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </section>
  );
}

/** What the rules of eligibility say of what is written by now. */
export function Eligible({ readiness, form }: Props) {
  const { say } = useSpeech();
  const named = useFieldNames(form);
  if (!readiness) return null;
  return (
    <section className="panel" id={idOf("/eligibility")} tabIndex={-1}>
      <h2>{say("awards.rules")}</h2>
      <VerdictInWords verdict={readiness.eligibility} brief fieldNamed={named} />
    </section>
  );
}

/** Return what a place of the form is called, with the number of its row. */
export function placeIn(pointer: string, named: (field: string) => string): string {
  const [, , field = "", row, column] = pointer.split("/");
  if (!field) return "";
  const number = row !== undefined && /^\d+$/.test(row) ? ` ${Number(row) + 1}` : "";
  return `${named(field)}${number}${column ? ` · ${named(`${field}/${column}`)}` : ""}`;
}

/** Lead to where something is filled in, or to what holds it. */
export function goTo(pointer: string): void {
  for (const place of placesOf(pointer)) {
    const found = document.getElementById(idOf(place));
    if (!found) continue;
    found.scrollIntoView({ block: "center" });
    const field = found.matches("input, textarea, select, button")
      ? found
      : found.querySelector<HTMLElement>("input, textarea, select, button");
    (field ?? found).focus();
    return;
  }
}

/** Return what fields of a form are called; those of lists are named `list/column`. */
export function useFieldNames(form: FormDefinition | null): (name: string) => string {
  const { of } = useSpeech();
  const fields = form?.layout.sections.flatMap((section) => section.fields) ?? [];
  return (name) => {
    const [whole, column] = name.split("/");
    const field = fields.find((each) => each.name === whole);
    const shown = column === undefined ? field : field?.fields?.find((each) => each.name === column);
    return of(textOf(shown?.label)) || name;
  };
}
