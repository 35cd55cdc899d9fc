/** A programme file as the API takes it: looked at, applied, taken back. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, type Schemas, told } from "../api/client";

export type Outcome = Schemas["EventsImportOut"];
export type ImportRow = Schemas["ImportRowOut"];

/** Which edition a file is for, and how it is to be read. */
export interface Asked {
  edition: string;
  create?: boolean;
  series?: string | null;
  zone?: string | null;
  language?: "zh" | "en" | null;
  format?: string;
  take?: Take | null;
}

export type Take = "file" | "ours";

interface Sent {
  file: File;
  asked: Asked;
}

function send({ file, asked }: Sent, dry_run: boolean, signal?: AbortSignal): Promise<Outcome> {
  return told(
    api.POST("/api/events/imports", {
      params: { query: { ...asked, filename: file.name, dry_run } },
      headers: { "Content-Type": "application/octet-stream" },
      body: "",
      bodySerializer: () => file,
      ...(signal && { signal }),
    }),
  );
}

/** Ask what a file would do; nothing is changed by it. It can be given up. */
export function useLook() {
  const abort = useRef<AbortController>(undefined);
  const look = useMutation({
    mutationFn: (sent: Sent) => {
      abort.current = new AbortController();
      return send(sent, true, abort.current.signal);
    },
  });
  const giveUp = () => {
    look.reset();
    abort.current?.abort();
  };
  return { look, giveUp };
}

/** Everything there is may be another afterwards. */
export function useApply() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (sent: Sent) => send(sent, false), onSuccess: () => queries.invalidateQueries() });
}

export function useImports(ref: string) {
  return useQuery({
    queryKey: ["imports", ref],
    queryFn: () => told(api.GET("/api/events/editions/{ref}/imports", { params: { path: { ref } } })),
  });
}

export function useUndo() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (import_id: string) =>
      told(api.POST("/api/events/imports/{import_id}/undo", { params: { path: { import_id } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
