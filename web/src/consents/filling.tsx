/** A candidate fills in their own nomination, as its unit lets them: it saves itself like a nominator's, and is answered to. */

import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Problem } from "../api/client";
import { type FormDefinition, schemaOf } from "../awards/form";
import { useSpeech } from "../frame/language";
import { Clashes } from "../nominations/clashes";
import { FormParts } from "../nominations/form";
import { SavingState } from "../nominations/saved";
import { type Place, useSaving } from "../nominations/saving";
import { LeaveGuard } from "../parts/entry";
import { AnswerForm } from "./answer";
import { type Consent, readConsent, writeByLink } from "./queries";
import { Papers } from "./shown";
import "../nominations/nominations.css";

interface Props {
  secret: string;
  consent: Consent;
  form: FormDefinition;
}

export function Filling({ secret, consent, form }: Props) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const schema = useMemo(() => schemaOf(form), [form]);
  const place = useMemo<Place<Consent>>(
    () => ({
      id: `link.${secret.slice(0, 8)}`, // enough to tell links apart, and too little to use one
      read: () => readConsent(secret),
      write: (version, body) => writeByLink(secret, version, body),
      tell: (now) => queries.setQueryData(["consent", secret], now),
    }),
    [secret, queries],
  );
  const draft = useSaving(consent, schema, place);
  const faults = useMemo(
    () => new Map(draft.error?.fields.map(({ pointer, message }) => [pointer.replace(/^\/body/, ""), message])),
    [draft.error],
  );
  const settled = async () => {
    if (!(await draft.save())) throw new Problem(409, { detail: say("nominations.not_saved") });
    return readConsent(secret);
  };
  return (
    <>
      <p>{say("consent.fill_in")}</p>
      <div className="saving-bar">
        <SavingState draft={draft} />
      </div>
      {draft.clashes.length > 0 && <Clashes draft={draft} form={form} />}
      <FormParts form={form} draft={draft} faults={faults} readOnly={false} />
      <Papers secret={secret} consent={consent} />
      <AnswerForm secret={secret} consent={consent} settled={settled} />
      <LeaveGuard changed={draft.changed && draft.state !== "saved"} />
    </>
  );
}
