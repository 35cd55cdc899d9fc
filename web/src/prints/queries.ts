/** A nomination as PDF, the page that its unit seals, and the scans that came back. */

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../api/client";
import { upload } from "../api/upload";
import type { Nomination } from "../nominations/queries";

export type Scan = Schemas["SealedScanOut"];
type Language = "zh" | "en";

/** Have the whole nomination set as PDF, or the page that is sealed. */
export async function printed(nomination: string, what: "whole" | "seal", language: Language): Promise<Blob> {
  const asked = {
    params: { path: { nomination_id: nomination }, query: { language } },
    parseAs: "blob",
  } as const;
  const answer =
    what === "whole"
      ? api.GET("/api/awards/nominations/{nomination_id}/print", asked)
      : api.GET("/api/awards/nominations/{nomination_id}/seal-page", asked);
  return told<Blob>(answer);
}

/** Ask for the scans of sealed pages, the newest first; which of them holds depends on what is written by a version. */
export function useScans({ id, version }: Nomination) {
  return useQuery({
    queryKey: ["nomination", id, "scans", version],
    queryFn: async () => {
      const params = { path: { nomination_id: id } };
      return (await told(api.GET("/api/awards/nominations/{nomination_id}/sealed-scans", { params }))).items;
    },
    placeholderData: (before) => before,
  });
}

export function sendScan(
  nomination: string,
  check_code: string,
  file: File,
  onProgress: (part: number) => void,
): Promise<Scan> {
  const params = { path: { nomination_id: nomination }, query: { check_code, filename: file.name } };
  return upload<Scan>("/api/awards/nominations/{nomination_id}/sealed-scans", params, file, { onProgress });
}
