/** For which unit whoever is signed in nominates. */

import { useStandIns } from "../deputies/queries";
import { useMe } from "../frame/queries";
import { useWorking } from "../frame/working";

/** Return the unit chosen to work for, or else one that one nominates for, or at which one stands in for a nominator. */
export function useUnit(): string {
  const { organisation, own } = useWorking();
  const { data: me } = useMe();
  const { standing } = useStandIns();
  const nominates = me?.grants.find(({ role }) => role === "nominator")?.organisation_id;
  return organisation?.id ?? nominates ?? standing[0]?.unit_id ?? own[0]?.id ?? "";
}
