/** Who is signed in, and how that begins and ends. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, onSignedOut, type Schemas, told } from "../api/client";

export type Me = Schemas["MeOut"];

/** Ask who is signed in, and again whenever an answer says that nobody is; `null` where nobody is. */
export function useMe() {
  const queries = useQueryClient();
  useEffect(() => onSignedOut(() => void queries.invalidateQueries({ queryKey: ["me"] })), [queries]);
  return useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<Me | null> => {
      const asked = await api.GET("/api/directory/me");
      return asked.response.status === 401 ? null : told(Promise.resolve(asked));
    },
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SignInIn"]) => told(api.POST("/api/directory/sign-in", { body })),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => told(api.POST("/api/directory/sign-out")),
    onSuccess: () => location.assign("/console/"),
  });
}
