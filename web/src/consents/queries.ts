/** A nomination as it is read, written in and answered to by the link to somebody's part in it. */

import { useQuery } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";

export type Consent = Schemas["ConsentOut"];

const at = (secret: string) => ({ path: { secret } });

export function readConsent(secret: string): Promise<Consent> {
  return told(api.GET("/api/awards/consents/{secret}", { params: at(secret) }));
}

export function useConsent(secret: string) {
  return useQuery({ queryKey: ["consent", secret], queryFn: () => readConsent(secret), retry: false });
}

export function writeByLink(secret: string, version: number, body: Schemas["NominationPatch"]): Promise<Consent> {
  return told(
    api.PATCH("/api/awards/consents/{secret}", { params: { ...at(secret), header: ifMatch(version) }, body }),
  );
}

export function answerByLink(secret: string, body: Schemas["ConsentIn"]): Promise<Consent> {
  return told(api.POST("/api/awards/consents/{secret}/answer", { params: at(secret), body }));
}
