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
  screen("releases", async () => (await import("./releases/page")).ReleasesPage),
  screen("releases/next", async () => (await import("./releases/next")).NextReleasePage),
  screen("releases/:number", async () => (await import("./releases/release")).ReleasePage),
  screen("import", async () => (await import("./imports/page")).ImportPage),
  screen("print", async () => (await import("./printing/page")).PrintPage),
  screen("today", async () => (await import("./today/page")).TodayPage),
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
      screen("import", async () => (await import("./imports/new_edition")).NewEditionPage),
      { path: "*", element: <Missing /> },
    ],
  },
];
