/** What whoever is signed in may do, by the grants that hold today; the server decides, this only leaves out what it would refuse. */

import type { Schemas } from "../api/client";
import { useMe } from "./queries";

export type Role = Schemas["Role"];

/** Return whether somebody holds one of `roles`, or is an administrator: anywhere, or where `scope` says. */
export function holds(grants: readonly Schemas["OwnGrant"][], roles: readonly Role[], scope?: string): boolean {
  return grants.some(
    (grant) =>
      (grant.role === "administrator" || roles.includes(grant.role)) &&
      (scope === undefined || grant.scope === null || grant.scope === scope),
  );
}

/** Return how to ask that of whoever is signed in. */
export function useRights(): (...roles: Role[]) => boolean {
  const grants = useMe().data?.grants ?? [];
  return (...roles) => holds(grants, roles);
}
