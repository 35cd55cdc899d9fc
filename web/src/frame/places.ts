/** The screens that can be gone to from anywhere, and who has a use for them. */

import type { Key } from "./language";
import type { Role } from "./rights";

export interface Place {
  to: string;
  name: Key;
  /** Who has a use for it; everybody, where left out. */
  roles?: readonly Role[];
}

const PLANNERS: readonly Role[] = ["organizer", "scheduler"];

/** What stands in the head of every screen. */
export const MAIN: readonly Place[] = [
  { to: "/", name: "frame.home" },
  { to: "/editions", name: "frame.editions" },
  { to: "/series", name: "frame.series", roles: PLANNERS },
  { to: "/awards", name: "frame.awards" },
  { to: "/venues", name: "frame.venues", roles: PLANNERS },
  { to: "/people", name: "frame.people", roles: PLANNERS },
  { to: "/calendars", name: "frame.calendars" },
];

/** Who belongs to the association, and what they may do. */
export const DIRECTORY: readonly Place[] = [
  { to: "/organisations", name: "frame.organisations" },
  { to: "/accounts", name: "frame.accounts", roles: ["administrator"] },
  { to: "/grants", name: "frame.grants", roles: ["administrator"] },
  { to: "/audit", name: "frame.audit", roles: ["administrator"] },
];

/** What is one's own. */
export const OWN: readonly Place[] = [
  { to: "/me", name: "frame.me" },
  { to: "/help", name: "frame.help" },
];
