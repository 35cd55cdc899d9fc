/** The record of deeds that each service keeps, and whether its chain holds. */

import { useQuery } from "@tanstack/react-query";
import { api, told } from "../api/client";
import { asked, useList, type PageAsked } from "../parts/lists";
import type { Service } from "./rules";

export function useAudit(service: Service, subject: string) {
  return useList(["audit", service, subject], (page) => askFor(service, { ...page, ...asked({ subject }) }));
}

function askFor(service: Service, query: PageAsked & { subject?: string }) {
  switch (service) {
    case "directory":
      return told(api.GET("/api/directory/audit", { params: { query } }));
    case "events":
      return told(api.GET("/api/events/audit", { params: { query } }));
    case "calendar":
      return told(api.GET("/api/calendar/audit", { params: { query } }));
    case "awards":
      return told(api.GET("/api/awards/audit", { params: { query } }));
  }
}

/** Ask for the whole chain to be reckoned again. */
export function useChain(service: Service) {
  return useQuery({
    queryKey: ["audit", service, "chain"],
    queryFn: () => {
      switch (service) {
        case "directory":
          return told(api.GET("/api/directory/audit/chain"));
        case "events":
          return told(api.GET("/api/events/audit/chain"));
        case "calendar":
          return told(api.GET("/api/calendar/audit/chain"));
        case "awards":
          return told(api.GET("/api/awards/audit/chain"));
      }
    },
  });
}
