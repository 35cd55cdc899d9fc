/** Venues and rooms: as the server tells them, as a form holds them, and what is sent of it. */

import type { Schemas, Text } from "../api/client";
import { moved } from "../parts/changes";
import type { Stretch } from "../parts/stretches";

export type Venue = Schemas["VenueOut"];
export type Room = Schemas["services__events__venues__schemas__RoomOut"];
export type Walk = Schemas["WalkIn"];

export const LAYOUTS = [
  "theatre",
  "classroom",
  "boardroom",
  "u_shape",
  "banquet",
  "reception",
  "poster",
] as const;

/** Return the number that a field holds, or none. */
export function numberOf(entered: string | undefined): number | null {
  return entered?.trim() ? Number(entered) : null;
}

const written = (value: number | null | undefined) => (value === null || value === undefined ? "" : String(value));

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

export function venueOf(entry: VenueEntry): Schemas["VenuePatch"] {
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

export interface Counted {
  name: string;
  count: string;
}

/** Return counts by name as rows of a form. */
export function countsEntry(counts: Record<string, number>): Counted[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count: String(count) }));
}

/** Return rows as counts by name: what has no number counts one, what is named twice counts together. */
export function countsOf(rows: readonly Counted[] | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, count } of rows ?? []) {
    const key = name.trim();
    if (key) counts[key] = (counts[key] ?? 0) + (numberOf(count) ?? 1);
  }
  return counts;
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

export type RoomChange = Omit<Schemas["RoomPatch"], "slug" | "position">;

export function roomOf(entry: RoomEntry): RoomChange {
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

/** Return which rooms take which place so that one of them moves by `step` among all; each takes a place of its own. */
export function placesAfter(rooms: readonly Room[], id: string, step: number): { room: Room; position: number }[] {
  const from = rooms.findIndex((room) => room.id === id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= rooms.length) return [];
  const placed = moved(rooms, from, to).map((each, position) => ({ room: each, position }));
  return placed.filter((each) => each.room.position !== each.position);
}

/** Return the names of the buildings that rooms stand in, and of those that ways lead between. */
export function buildingsOf(rooms: readonly Room[], walks: readonly Walk[]): string[] {
  const named = walks.filter((walk) => walk.kind === "building").flatMap((walk) => [walk.one, walk.other]);
  return [...new Set([...rooms.map((room) => room.building), ...named])].filter(Boolean).sort();
}
