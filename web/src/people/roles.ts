/** What people's roles are called. */

import { useSpeech } from "../frame/language";
import { type Role, ROLES } from "./rules";

/** Return every role with its name, to be chosen from. */
export function useRoleNames(): (readonly [Role, string])[] {
  const { say } = useSpeech();
  return ROLES.map((role) => [role, say(`personrole.${role}`)] as const);
}
