/** The addresses of screens; each is loaded when it is first opened. */

import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { BrokenPage, Missing } from "./frame/failures";
import { Frame } from "./frame/frame";

function screen(path: string, load: () => Promise<ComponentType>, children?: RouteObject[]): RouteObject {
  return { path, lazy: async () => ({ Component: await load() }), ...(children && { children }) };
}

const edition: RouteObject[] = [
  screen("", async () => (await import("./editions/overview")).OverviewPage),
  screen("schedule", async () => (await import("./schedule/page")).SchedulePage),
  screen("programme", async () => (await import("./programme/page")).ProgrammePage),
  screen("programme/new", async () => (await import("./programme/new")).NewSessionPage),
  screen("programme/tracks", async () => (await import("./programme/tracks")).TracksPage),
  screen("programme/:session", async () => (await import("./programme/session")).SessionPage),
  screen("people", async () => (await import("./people/participants")).ParticipantsPage),
  screen("people/:person", async () => (await import("./people/participant")).ParticipantPage),
  { path: "*", element: <Missing /> },
];

export const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <BrokenPage />,
    HydrateFallback: () => null,
    children: [
      screen("", async () => (await import("./home/page")).HomePage),
      screen("editions", async () => (await import("./editions/page")).EditionsPage),
      screen("editions/:edition", async () => (await import("./editions/frame")).EditionFrame, edition),
      screen("programme", async () => (await import("./programme/page")).ProgrammePage),
  screen("programme/new", async () => (await import("./programme/new")).NewSessionPage),
  screen("programme/tracks", async () => (await import("./programme/tracks")).TracksPage),
  screen("programme/:session", async () => (await import("./programme/session")).SessionPage),
  screen("people", async () => (await import("./people/page")).PeoplePage),
      screen("people/new", async () => (await import("./people/person")).NewPersonPage),
      screen("people/:person", async () => (await import("./people/person")).PersonPage),
      screen("venues", async () => (await import("./venues/page")).VenuesPage),
      screen("venues/new", async () => (await import("./venues/venue")).NewVenuePage),
      screen("venues/:venue", async () => (await import("./venues/venue")).VenuePage),
      screen("venues/:venue/rooms/new", async () => (await import("./venues/room")).NewRoomPage),
      screen("venues/:venue/rooms/:room", async () => (await import("./venues/room")).RoomPage),
      { path: "*", element: <Missing /> },
    ],
  },
];
