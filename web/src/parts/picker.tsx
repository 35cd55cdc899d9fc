/** A field in which something of the API is found by words and chosen: an organisation, a person, a venue. */

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api, type Text, told } from "../api/client";
import { useSpeech } from "../frame/language";

export interface Choice {
  id: string;
  name: Text;
}

export interface Source {
  /** What these are, to keep answers apart. */
  kind: string;
  find: (q: string) => Promise<readonly Choice[]>;
  get: (id: string) => Promise<Choice>;
}

export interface PickerProps {
  value?: string | null;
  onChange?: (id: string | null) => void;
  id?: string;
  "aria-label"?: string;
  /** What is written in it while nothing is chosen. */
  hint?: string;
  disabled?: boolean;
}

/** Find by words; what was found before stays until there is an answer, and `finding` tells that there is none yet. */
function useFound(source: Source, q: string) {
  const wanted = useDeferredValue(q);
  const { data, isFetching } = useQuery({
    queryKey: ["pick", source.kind, wanted],
    queryFn: () => source.find(wanted),
    placeholderData: keepPreviousData,
  });
  return { data, finding: isFetching || wanted !== q };
}

export function Picker({ source, value, onChange, hint, ...rest }: PickerProps & { source: Source }) {
  const { say, of } = useSpeech();
  const [q, setQ] = useState("");
  const found = useFound(source, q);
  const chosen = useQuery({
    queryKey: ["picked", source.kind, value],
    queryFn: () => source.get(value ?? ""),
    enabled: Boolean(value) && !found.data?.some((each) => each.id === value),
  });
  const choices = [...(found.data ?? [])];
  if (chosen.data && !choices.some((each) => each.id === value)) choices.unshift(chosen.data);
  return (
    <Select
      {...rest}
      value={value ?? null}
      onChange={(id: string | null | undefined) => onChange?.(id ?? null)}
      showSearch={{ onSearch: setQ, filterOption: false }}
      allowClear
      loading={found.finding}
      placeholder={hint ?? say("parts.pick")}
      notFoundContent={say(found.finding ? "parts.looking" : "parts.none_found")}
      options={choices.map((each) => ({ value: each.id, label: of(each.name) }))}
      style={{ width: "100%" }}
    />
  );
}

export interface SeveralProps extends Omit<PickerProps, "value" | "onChange"> {
  value?: readonly string[];
  onChange?: (ids: string[]) => void;
}

/** A field in which several of them are chosen. */
export function PickSeveral({ source, value = [], onChange, hint, ...rest }: SeveralProps & { source: Source }) {
  const { say, of } = useSpeech();
  const [q, setQ] = useState("");
  const found = useFound(source, q);
  const chosen = useQueries({
    queries: value.map((id) => ({ queryKey: ["picked", source.kind, id], queryFn: () => source.get(id) })),
  });
  const choices = new Map(
    [...chosen.flatMap(({ data }) => data ?? []), ...(found.data ?? [])].map((each) => [each.id, each]),
  );
  return (
    <Select
      {...rest}
      mode="multiple"
      value={[...value]}
      onChange={(ids) => onChange?.(ids)}
      showSearch={{ onSearch: setQ, filterOption: false }}
      loading={found.finding}
      placeholder={hint ?? say("parts.pick")}
      notFoundContent={say(found.finding ? "parts.looking" : "parts.none_found")}
      options={[...choices.values()].map((each) => ({ value: each.id, label: of(each.name) }))}
      style={{ width: "100%" }}
    />
  );
}

const organisations: Source = {
  kind: "organisation",
  find: async (q) =>
    (await told(api.GET("/api/directory/organisations", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (ref) => told(api.GET("/api/directory/organisations/{ref}", { params: { path: { ref } } })),
};

export function PickOrganisation(props: PickerProps) {
  return <Picker source={organisations} {...props} />;
}

interface FilterProps {
  label: string;
  value: string;
  onChange: (organisation: string) => void;
}

/** A filter of a list: one organisation, or all. */
export function ByOrganisation({ label, value, onChange }: FilterProps) {
  return (
    <label>
      {label}
      <PickOrganisation aria-label={label} value={value || null} onChange={(id) => onChange(id ?? "")} />
    </label>
  );
}

const people: Source = {
  kind: "person",
  find: async (q) =>
    (await told(api.GET("/api/events/people", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (id) => told(api.GET("/api/events/people/{person_id}", { params: { path: { person_id: id } } })),
};

export function PickPerson(props: PickerProps) {
  return <Picker source={people} {...props} />;
}

const editions: Source = {
  kind: "edition",
  find: async (q) =>
    (await told(api.GET("/api/events/editions", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (ref) => told(api.GET("/api/events/editions/{ref}", { params: { path: { ref } } })),
};

export function PickEdition(props: PickerProps) {
  return <Picker source={editions} {...props} />;
}

const accounts: Source = {
  kind: "account",
  find: async (q) =>
    (await told(api.GET("/api/directory/accounts", { params: { query: { limit: 20, ...(q && { q }) } } }))).items,
  get: (id) => told(api.GET("/api/directory/accounts/{account_id}", { params: { path: { account_id: id } } })),
};

export function PickAccount(props: PickerProps) {
  return <Picker source={accounts} {...props} />;
}

export function PickOrganisations(props: SeveralProps) {
  return <PickSeveral source={organisations} {...props} />;
}
