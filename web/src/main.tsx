import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { Problem } from "./api/client";
import { startLanguage } from "./frame/language";
import { Look } from "./frame/look";
import { routes } from "./routes";
import "./frame/frame.css";
import "./parts/parts.css";
import "./parts/forms.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (count, error) => error instanceof Problem && error.away && count < 3 },
  },
});

const router = createBrowserRouter(routes, { basename: "/console" });

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
