/** Venues and rooms, as the API lists, tells and changes them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";
import type { Room, Venue } from "./rules";

export interface VenueFilters {
  q: string;
  owner: string;
}

export function useVenues(filters: VenueFilters) {
  return useList(["venues", filters], (page) =>
    told(api.GET("/api/events/venues", { params: { query: { ...page, ...asked(filters) } } })),
  );
}

/** What is asked to be edited is asked anew whenever it is opened, so that a form begins with what is there. */
const FRESH = { gcTime: 0 } as const;

export function askVenue(id: string): Promise<Venue> {
  return told(api.GET("/api/events/venues/{venue_id}", { params: { path: { venue_id: id } } }));
}

export function useVenue(id: string) {
  return useQuery({ queryKey: ["venue", id], queryFn: () => askVenue(id), ...FRESH });
}

export function askRoom(id: string): Promise<Room> {
  return told(api.GET("/api/events/rooms/{room_id}", { params: { path: { room_id: id } } }));
}

export function useRoom(id: string) {
  return useQuery({ queryKey: ["room", id], queryFn: () => askRoom(id), ...FRESH });
}

/** Ask for every room of a venue, in their order. */
export function useRooms(venue: string) {
  return useQuery({
    queryKey: ["rooms", venue],
    queryFn: async () => {
      const found: Room[] = [];
      let cursor: string | null | undefined = "";
      do {
        const page: Schemas["Page_RoomOut_"] = await told(
          api.GET("/api/events/venues/{venue_id}/rooms", {
            params: { path: { venue_id: venue }, query: { limit: 100, ...(cursor && { cursor }) } },
          }),
        );
        found.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return found;
    },
  });
}

export function useRoomWindows(room: string) {
  return useQuery({
    queryKey: ["windows", room],
    queryFn: () => told(api.GET("/api/events/rooms/{room_id}/windows", { params: { path: { room_id: room } } })),
    ...FRESH,
  });
}

export function useWalks(venue: string) {
  return useQuery({
    queryKey: ["walks", venue],
    queryFn: () => told(api.GET("/api/events/venues/{venue_id}/walks", { params: { path: { venue_id: venue } } })),
    ...FRESH,
  });
}

/** Return how venues and rooms are changed; lists are asked for anew. */
export function useVenueChanges() {
  const queries = useQueryClient();
  const renew = <T>(done: T): T => {
    for (const key of ["venues", "rooms", "deeds"]) void queries.invalidateQueries({ queryKey: [key] });
    return done;
  };
  const at = (id: string, version: number) => ({ path: { venue_id: id }, header: ifMatch(version) });
  const in_ = (id: string, version: number) => ({ path: { room_id: id }, header: ifMatch(version) });
  return {
    renew: () => renew(undefined),
    addVenue: async (body: Schemas["VenueIn"]) => renew(await told(api.POST("/api/events/venues", { body }))),
    changeVenue: async (id: string, version: number, body: Schemas["VenuePatch"]) =>
      renew(await told(api.PATCH("/api/events/venues/{venue_id}", { params: at(id, version), body }))),
    removeVenue: async (id: string, version: number) => {
      await told(api.DELETE("/api/events/venues/{venue_id}", { params: at(id, version) }));
      renew(null);
    },
    putWalks: async (id: string, version: number, walks: Schemas["WalkIn"][]) =>
      renew(await told(api.PUT("/api/events/venues/{venue_id}/walks", { params: at(id, version), body: { walks } }))),
    addRoom: async (venue: string, body: Schemas["RoomIn"]) =>
      renew(
        await told(
          api.POST("/api/events/venues/{venue_id}/rooms", {
            params: { path: { venue_id: venue } },
            body,
          }),
        ),
      ),
    changeRoom: async (id: string, version: number, body: Schemas["RoomPatch"]) =>
      renew(await told(api.PATCH("/api/events/rooms/{room_id}", { params: in_(id, version), body }))),
    removeRoom: async (id: string, version: number) => {
      await told(api.DELETE("/api/events/rooms/{room_id}", { params: in_(id, version) }));
      renew(null);
    },
    putWindows: async (id: string, version: number, windows: Schemas["WindowIn"][]) =>
      renew(
        await told(api.PUT("/api/events/rooms/{room_id}/windows", { params: in_(id, version), body: { windows } })),
      ),
  };
}
