/** One's own feeds, and what there is to follow. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, type Schemas, told } from "../api/client";
import { asked, useList } from "../parts/lists";

export type Feed = Schemas["PersonalFeedOut"];
export type Made = Schemas["PersonalFeedMade"];
export type Topic = Schemas["TopicOut"];

export function useFeeds() {
  return useQuery({ queryKey: ["feeds"], queryFn: () => told(api.GET("/api/calendar/feeds")) });
}

/** Ask for what anybody may follow, of a kind, by words in its title. */
export function usePublicTopics(kind: string, q: string) {
  return useList(["topics", kind, q], (page) =>
    told(api.GET("/api/calendar/topics", { params: { query: { ...page, kind, public: true, ...asked({ q }) } } })),
  );
}

/** Find what one may follow. */
export async function findTopics(q: string): Promise<Topic[]> {
  return (await told(api.GET("/api/calendar/topics", { params: { query: { limit: 50, ...(q && { q }) } } }))).items;
}

export async function getTopic(key: string): Promise<Topic> {
  const { items } = await told(api.GET("/api/calendar/topics", { params: { query: { key: [key] } } }));
  return items[0] ?? { key, slug: key, title: { zh: key, en: key } };
}

export function useTopic(key: string) {
  return useQuery({ queryKey: ["topic", key], queryFn: () => getTopic(key) });
}

/** Return what can be done with one's feeds. */
export function useFeedDeeds() {
  const queries = useQueryClient();
  const then = async <T>(done: Promise<T>): Promise<T> => {
    const answer = await done;
    await queries.invalidateQueries({ queryKey: ["feeds"] });
    return answer;
  };
  const one = ({ id, version }: Feed) => ({ path: { feed_id: id }, header: ifMatch(version) });
  return {
    compose: (body: Schemas["PersonalFeedIn"]) => then(told(api.POST("/api/calendar/feeds", { body }))),
    change: (feed: Feed, body: Schemas["PersonalFeedPatch"]) =>
      then(told(api.PATCH("/api/calendar/feeds/{feed_id}", { params: one(feed), body }))),
    reset: (feed: Feed) => then(told(api.POST("/api/calendar/feeds/{feed_id}/address", { params: one(feed) }))),
    revoke: ({ id }: Feed) =>
      then(told(api.DELETE("/api/calendar/feeds/{feed_id}", { params: { path: { feed_id: id } } }))),
  };
}
