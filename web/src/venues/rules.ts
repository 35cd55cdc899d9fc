/** Venues and rooms: as the server tells them, as a form holds them, and what is sent of it. */

import type { Schemas, Text } from "../api/client";
import { type Counted, countsEntry, countsOf, numberOf, written } from "../parts/numbers";
import type { Stretch } from "../parts/stretches";

export type Venue = Schemas["VenueOut"];
export type Room = Schemas["services__events__venues__schemas__RoomOut"];
export type Walk = Schemas["WalkIn"];

export const LAYOUTS = ["theatre", "classroom", "boardroom", "u_shape", "banquet", "reception", "poster"] as const;

export interface VenueEntry {
  name: Text;
  city: Text;
  address: Text;
  country: string;
  zone: string;
  latitude: string;
  longitude: string;
  same_building_minutes: string;
  other_building_minutes: string;
}

const NOTHING: Text = { zh: "", en: "" };

/** Return what a form begins with: a venue, or a new one. */
export function venueEntry(venue?: Venue): VenueEntry {
  return {
    name: venue?.name ?? NOTHING,
    city: venue?.city ?? NOTHING,
    address: venue?.address ?? NOTHING,
    country: venue?.country ?? "",
    zone: venue?.zone ?? "Asia/Shanghai",
    latitude: written(venue?.latitude),
    longitude: written(venue?.longitude),
    same_building_minutes: written(venue?.same_building_minutes ?? 0),
    other_building_minutes: written(venue?.other_building_minutes ?? 0),
  };
}

export function venueOf(entry: VenueEntry) {
  return {
    ...entry,
    country: entry.country.trim().toUpperCase(),
    zone: entry.zone.trim(),
    latitude: numberOf(entry.latitude),
    longitude: numberOf(entry.longitude),
    same_building_minutes: numberOf(entry.same_building_minutes) ?? 0,
    other_building_minutes: numberOf(entry.other_building_minutes) ?? 0,
  };
}

export interface RoomEntry {
  name: Text;
  building: string;
  floor: string;
  seats: string;
  capacity: Partial<Record<string, string>>;
  equipment: Counted[];
  interpretation_booths: string;
  buffer_minutes: string;
  accessible: boolean;
  archived: boolean;
}

export function roomEntry(room?: Room): RoomEntry {
  return {
    name: room?.name ?? NOTHING,
    building: room?.building ?? "",
    floor: room?.floor ?? "",
    seats: written(room?.seats),
    capacity: Object.fromEntries(LAYOUTS.map((layout) => [layout, written(room?.capacity[layout])])),
    equipment: countsEntry(room?.equipment ?? {}),
    interpretation_booths: written(room?.interpretation_booths ?? 0),
    buffer_minutes: written(room?.buffer_minutes ?? 0),
    accessible: room?.accessible ?? false,
    archived: room?.archived ?? false,
  };
}

export function roomOf(entry: RoomEntry) {
  const seats = Object.entries(entry.capacity).map(([layout, count]) => [layout, numberOf(count)] as const);
  return {
    ...entry,
    seats: numberOf(entry.seats),
    capacity: Object.fromEntries(seats.filter((pair): pair is [string, number] => pair[1] !== null)),
    equipment: countsOf(entry.equipment),
    interpretation_booths: numberOf(entry.interpretation_booths) ?? 0,
    buffer_minutes: numberOf(entry.buffer_minutes) ?? 0,
  };
}

export function windowsOf(rows: readonly Stretch[] | undefined): Schemas["WindowIn"][] {
  return (rows ?? []).map(({ closed, ...times }) => ({ ...times, closed: closed === "yes" }));
}

/** Return the names of the buildings that rooms stand in, and of those that ways lead between. */
export function buildingsOf(rooms: readonly Room[], walks: readonly Walk[]): string[] {
  const named = walks.filter((walk) => walk.kind === "building").flatMap((walk) => [walk.one, walk.other]);
  return [...new Set([...rooms.map((room) => room.building), ...named])].filter(Boolean).sort();
}
