/** A new account. */

import { useNavigate } from "react-router";
import { useSpeech } from "../frame/language";
import { Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { AccountFields, type Entered, sent } from "./fields";
import { useAccountDeeds } from "./queries";

export function OpeningPage() {
  const { say } = useSpeech();
  const go = useNavigate();
  const { open } = useAccountDeeds();
  return (
    <>
      <Heads title={say("accounts.new")} />
      <p>{say("accounts.new_says")}</p>
      <Entry<Entered>
        start={{ family_name_first: true, language: "zh", zone: "Asia/Shanghai" }}
        submit={say("accounts.open")}
        about={{ "contact-taken": ["email"], "contact-missing": ["email"] }}
        send={async (values) => {
          const { id } = await open(sent(values));
          await go(`/accounts/${id}`);
        }}
      >
        <AccountFields />
      </Entry>
    </>
  );
}
