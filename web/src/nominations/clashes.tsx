/** What two people have changed at once: both texts beside each other, and the choice between them. */

import { Alert, Button } from "antd";
import type { FormDefinition } from "../awards/form";
import { useSpeech } from "../frame/language";
import { inWords } from "../parts/differences";
import { fieldOf } from "./draft";
import { useFieldNames } from "./lacks";
import type { Saves } from "./saving";

export function Clashes({ draft, form }: { draft: Saves; form: FormDefinition | null }) {
  const { say } = useSpeech();
  const named = useFieldNames(form);
  return (
    <section className="clashes" aria-label={say("nominations.clashes")}>
      <Alert type="warning" showIcon title={say("nominations.clashes")} description={say("nominations.clashes_say")} />
      {draft.clashes.map((clash) => {
        const name = named(fieldOf(clash.pointer));
        return (
          <div key={clash.pointer} className="clash" role="group" aria-label={name}>
            <h2>{name}</h2>
            <div className="both">
              {(["yours", "theirs"] as const).map((whose) => (
                <div key={whose}>
                  <b>{say(`nominations.${whose}`)}</b>
                  <blockquote>{inWords(clash[whose])}</blockquote>
                  <Button
                    type={whose === "yours" ? "primary" : "default"}
                    aria-label={say(`nominations.keep_${whose}`, { name })}
                    onClick={() => draft.decide(clash, whose)}
                  >
                    {say(`nominations.take_${whose}`)}
                  </Button>
                </div>
              ))}
            </div>
          </div>
        );
      })}
    </section>
  );
}
