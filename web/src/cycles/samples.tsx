/** Samples in a rehearsal: asked for, watched while they are made, and stopped. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { api, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Asking } from "../parts/asking";
import { numberOf } from "../parts/numbers";
import type { Cycle } from "./queries";

/** Milliseconds between two looks at how far it is. */
const PAUSE = 1_000;
const GOES_ON = ["waiting", "running"];

export function Samples({ cycle }: { cycle: Cycle }) {
  const { say } = useSpeech();
  const [job, setJob] = useState<string>();
  const ask = async ({ each }: { each: string }) => {
    const params = { path: { ref: cycle.id } };
    const body = { each: numberOf(each) ?? 0 };
    setJob((await told(api.POST("/api/awards/cycles/{ref}/samples", { params, body }))).id);
  };
  return (
    <section className="part">
      <h2>{say("cycles.samples")}</h2>
      <p>{say(cycle.state === "open" ? "cycles.samples_say" : "cycles.samples_wait")}</p>
      {job && <Making job={job} />}
      {cycle.state === "open" && (
        <div className="acts">
          <Asking<{ each: string }, unknown>
            label={say("cycles.make_samples")}
            says={say("cycles.samples_say")}
            start={{ each: "1" }}
            send={ask}
          >
            <Form.Item name="each" label={say("cycles.samples_each")}>
              <Input type="number" min={1} max={10} />
            </Form.Item>
          </Asking>
        </div>
      )}
    </section>
  );
}

/** How far the samples are. */
function Making({ job }: { job: string }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const path = { job_id: job };
  const { data, error, refetch } = useQuery({
    queryKey: ["job", job],
    queryFn: () => told(api.GET("/api/awards/jobs/{job_id}", { params: { path } })),
    refetchInterval: ({ state }) => (!state.data || GOES_ON.includes(state.data.state) ? PAUSE : false),
  });
  const ended = data !== undefined && !GOES_ON.includes(data.state);
  useEffect(() => {
    if (ended) void queries.invalidateQueries();
  }, [ended, queries]);
  if (error) return <Failure error={error} />;
  if (!data) return null;
  if (data.state === "failed") return <Alert type="error" showIcon title={say("cycles.samples_failed")} />;
  const counts = { done: data.done, total: data.total };
  if (ended)
    return <Alert type="success" showIcon role="status" title={say("cycles.samples_made", { n: data.done })} />;
  const stop = async () => {
    await told(api.DELETE("/api/awards/jobs/{job_id}", { params: { path } }));
    await refetch();
  };
  return (
    <div className="acts">
      <progress aria-label={say("cycles.samples")} value={data.done} max={Math.max(data.total, 1)} />
      <span role="status">{data.total > 0 && say("cycles.samples_going", counts)}</span>
      <Button onClick={() => void stop()}>{say("cycles.samples_stop")}</Button>
    </div>
  );
}
