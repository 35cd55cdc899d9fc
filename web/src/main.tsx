import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { Problem } from "./api/client";
import { BrokenPage, Missing } from "./frame/failures";
import { Frame } from "./frame/frame";
import { startLanguage } from "./frame/language";
import { Look } from "./frame/look";
import "./frame/frame.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (count, error) => error instanceof Problem && error.away && count < 3 },
  },
});

const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <BrokenPage />,
      HydrateFallback: () => null,
      children: [
        { index: true, lazy: async () => ({ Component: (await import("./editions/page")).EditionsPage }) },
        {
          path: "editions/:edition/schedule",
          lazy: async () => ({ Component: (await import("./schedule/page")).SchedulePage }),
        },
        { path: "*", element: <Missing /> },
      ],
    },
  ],
  { basename: "/console" },
);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no root");
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>
  </StrictMode>,
);
