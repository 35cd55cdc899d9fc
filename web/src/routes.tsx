/** The addresses of screens; each is loaded when it is first opened. */

import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { BrokenPage, Missing } from "./frame/failures";
import { Frame } from "./frame/frame";
import { learnWords } from "./frame/language";

function screen(path: string, load: () => Promise<ComponentType>, children?: RouteObject[]): RouteObject {
  const lazy = async () => {
    const [Component] = await Promise.all([load(), learnWords()]);
    return { Component };
  };
  return { path, lazy, ...(children && { children }) };
}

const edition: RouteObject[] = [
  screen("", async () => (await import("./editions/overview")).OverviewPage),
  screen("settings", async () => (await import("./editions/settings")).SettingsPage),
  screen("dates", async () => (await import("./editions/dates")).DatesPage),
  screen("rooms", async () => (await import("./editions/rooms")).RoomsPage),
  screen("lifecycle", async () => (await import("./editions/lifecycle")).LifecyclePage),
  screen("approve", async () => (await import("./editions/approving")).ApprovePage),
  screen("next", async () => (await import("./editions/next")).NextEditionPage),
  screen("schedule", async () => (await import("./schedule/page")).SchedulePage),
  screen("programme", async () => (await import("./programme/page")).ProgrammePage),
  screen("programme/new", async () => (await import("./programme/new")).NewSessionPage),
  screen("programme/tracks", async () => (await import("./programme/tracks")).TracksPage),
  screen("programme/:session", async () => (await import("./programme/session")).SessionPage),
  screen("people", async () => (await import("./people/participants")).ParticipantsPage),
  screen("people/:person", async () => (await import("./people/participant")).ParticipantPage),
  screen("schedule", async () => (await import("./schedule/page")).SchedulePage),
  screen("releases", async () => (await import("./releases/page")).ReleasesPage),
  screen("releases/next", async () => (await import("./releases/next")).NextReleasePage),
  screen("releases/:number", async () => (await import("./releases/release")).ReleasePage),
  screen("import", async () => (await import("./imports/page")).ImportPage),
  screen("print", async () => (await import("./printing/page")).PrintPage),
  screen("today", async () => (await import("./today/page")).TodayPage),
  { path: "*", element: <Missing /> },
];

const programme: RouteObject[] = [
  screen("", async () => (await import("./awards/one")).ProgrammePage),
  screen("basics", async () => (await import("./awards/basics")).BasicsPage),
  screen("definition", async () => (await import("./awards/defining")).DefinitionPage),
  screen("rules", async () => (await import("./eligibility/page")).ProgrammeRulesPage),
  screen("reasons", async () => (await import("./checks/reasons")).ReasonsPage),
  { path: "*", element: <Missing /> },
];

const cycle: RouteObject[] = [
  screen("", async () => (await import("./cycles/one")).CyclePage),
  screen("dates", async () => (await import("./cycles/dates")).DatesPage),
  screen("definition", async () => (await import("./cycles/definition")).CycleDefinitionPage),
  screen("rules", async () => (await import("./eligibility/cycle_page")).CycleRulesPage),
  screen("quotas", async () => (await import("./quotas/page")).QuotasPage),
  screen("progress", async () => (await import("./progress/page")).ProgressPage),
  screen("checks", async () => (await import("./checks/page")).ChecksPage),
  screen("checks/:nomination", async () => (await import("./checks/one")).CheckPage),
  screen("list", async () => (await import("./lists/page")).ListPage),
  { path: "*", element: <Missing /> },
];

const awards: RouteObject[] = [
  screen("", async () => (await import("./awards/page")).ProgrammesPage),
  screen("programmes/new", async () => (await import("./awards/new")).NewProgrammePage),
  screen("cycles", async () => (await import("./cycles/page")).CyclesPage),
  screen("cycles/new", async () => (await import("./cycles/new")).NewCyclePage),
  { path: "*", element: <Missing /> },
];

export const routes: RouteObject[] = [
  {
    errorElement: <BrokenPage />,
    HydrateFallback: () => null,
    // Whoever has a link to a part in a nomination need not sign in.
    children: [screen("consents/:secret", async () => (await import("./consents/page")).ConsentPage)],
  },
  {
    element: <Frame />,
    errorElement: <BrokenPage />,
    HydrateFallback: () => null,
    children: [
      // The first screen has its words at hand, so that it needs no others.
      { index: true, lazy: async () => ({ Component: (await import("./home/page")).HomePage }) },
      screen("editions", async () => (await import("./editions/page")).EditionsPage),
      screen("editions/new", async () => (await import("./editions/new")).NewEditionPage),
      screen("series", async () => (await import("./series/page")).SeriesPage),
      screen("series/new", async () => (await import("./series/new")).NewSeriesPage),
      screen("series/:series", async () => (await import("./series/one")).OneSeriesPage),
      screen("editions/:edition", async () => (await import("./editions/frame")).EditionFrame, edition),
      screen("awards", async () => (await import("./awards/frame")).AwardsFrame, awards),
      screen("awards/programmes/:programme", async () => (await import("./awards/frame")).ProgrammeFrame, programme),
      screen("awards/nominations", async () => (await import("./nominations/page")).NominationsPage),
      screen("awards/nominations/new", async () => (await import("./nominations/new")).NewNominationPage),
      screen("awards/nominations/with-code", async () => (await import("./nominations/new")).WithCodePage),
      screen("awards/nominations/sheets", async () => (await import("./sheets/page")).SheetsPage),
      screen("awards/nominations/deputies", async () => (await import("./deputies/page")).DeputiesPage),
      screen("awards/nominations/:nomination", async () => (await import("./nominations/one")).NominationPage),
      screen("awards/cycles/:cycle", async () => (await import("./cycles/frame")).CycleFrame, cycle),
      screen("organisations", async () => (await import("./organisations/page")).OrganisationsPage),
      screen("organisations/new", async () => (await import("./organisations/opening")).OpeningPage),
      screen("organisations/import", async () => (await import("./organisations/importing")).ImportPage),
      screen("organisations/:organisation/members", async () => (await import("./organisations/members")).MembersPage),
      screen("organisations/:organisation", async () => (await import("./organisations/one")).OrganisationPage),
      screen("accounts", async () => (await import("./accounts/page")).AccountsPage),
      screen("accounts/new", async () => (await import("./accounts/opening")).OpeningPage),
      screen("accounts/:account", async () => (await import("./accounts/one")).AccountPage),
      screen("grants", async () => (await import("./accounts/grants_page")).GrantsPage),
      screen("audit", async () => (await import("./audit/page")).AuditPage),
      screen("me", async () => (await import("./me/page")).MePage),
      screen("calendars", async () => (await import("./calendars/page")).CalendarsPage),
      screen("calendars/new", async () => (await import("./calendars/composing")).NewFeedPage),
      screen("calendars/:feed", async () => (await import("./calendars/composing")).FeedPage),
      screen("help", async () => (await import("./help/page")).HelpPage),
      screen("people", async () => (await import("./people/page")).PeoplePage),
      screen("people/new", async () => (await import("./people/person")).NewPersonPage),
      screen("people/:person", async () => (await import("./people/person")).PersonPage),
      screen("venues", async () => (await import("./venues/page")).VenuesPage),
      screen("venues/new", async () => (await import("./venues/venue")).NewVenuePage),
      screen("venues/:venue", async () => (await import("./venues/venue")).VenuePage),
      screen("venues/:venue/rooms/new", async () => (await import("./venues/room")).NewRoomPage),
      screen("venues/:venue/rooms/:room", async () => (await import("./venues/room")).RoomPage),
      screen("import", async () => (await import("./imports/new_edition")).NewEditionPage),
      { path: "*", element: <Missing /> },
    ],
  },
];
