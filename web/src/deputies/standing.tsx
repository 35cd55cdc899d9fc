/** For whom whoever is signed in stands in. */

import { Alert } from "antd";
import { useSpeech } from "../frame/language";
import { useOrganisation } from "../organisations/queries";
import { useName } from "../parts/who";
import { useStandIns } from "./queries";
import type { Deputy } from "./rules";

export function StandingIn() {
  const { standing, coming } = useStandIns();
  return [...standing, ...coming].map((each) => <One key={each.id} deputy={each} now={standing.includes(each)} />);
}

function One({ deputy, now }: { deputy: Deputy; now: boolean }) {
  const { say, of } = useSpeech();
  const name = useName(deputy.nominator_id);
  const unit = of(useOrganisation(deputy.unit_id).data?.name) || "…";
  const words = now
    ? say("deputies.for_whom", { name, unit, until: deputy.until_on })
    : say("deputies.coming", { name, unit, from: deputy.from_on });
  return <Alert type="info" showIcon title={words} />;
}
