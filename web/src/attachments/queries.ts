/** The papers of a nomination, and the checklist that they are held against. */

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { upload } from "../api/upload";
import type { Nomination } from "../nominations/queries";
import type { Paper } from "./rules";

/** Ask what a nomination takes, by its kind of candidate. */
export function useChecklist({ id, candidate_kind }: Nomination) {
  return useQuery({
    queryKey: ["nomination", id, "checklist", candidate_kind],
    queryFn: () =>
      told(api.GET("/api/awards/nominations/{nomination_id}/checklist", { params: { path: { nomination_id: id } } })),
  });
}

export function usePapers(id: string) {
  return useQuery({
    queryKey: ["nomination", id, "attachments"],
    queryFn: async () => {
      const all: Paper[] = [];
      let cursor: string | null | undefined;
      do {
        const params = { path: { nomination_id: id }, query: { limit: 100, ...(cursor && { cursor }) } };
        const page = await told(api.GET("/api/awards/nominations/{nomination_id}/attachments", { params }));
        all.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return all;
    },
  });
}

interface Given {
  file: File;
  key: string;
  replaces?: string | undefined;
}

export function give(
  nomination: string,
  { file, key, replaces }: Given,
  sending: Parameters<typeof upload>[3],
): Promise<Paper> {
  const query = { key, filename: file.name, ...(replaces && { replaces }) };
  const params = { path: { nomination_id: nomination }, query };
  return upload<Paper>("/api/awards/nominations/{nomination_id}/attachments", params, file, sending);
}

export function point(nomination: string, body: Schemas["AttachmentPointerIn"]): Promise<Paper> {
  const params = { path: { nomination_id: nomination } };
  return told(api.POST("/api/awards/nominations/{nomination_id}/attachments/pointers", { params, body }));
}

export async function takeOff(attachment: string): Promise<void> {
  await told(
    api.DELETE("/api/awards/attachments/{attachment_id}", { params: { path: { attachment_id: attachment } } }),
  );
}

export const contentOf = (paper: Paper): string => `/api/awards/attachments/${paper.id}/content`;
