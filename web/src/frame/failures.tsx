/** What is shown instead of a page: there is none, or it has failed. */

import { Alert, Button } from "antd";
import { Link, useRouteError } from "react-router";
import { Problem } from "../api/client";
import { useSpeech } from "./language";

export function Missing() {
  const { say } = useSpeech();
  return (
    <div className="instead">
      <h1>{say("frame.not_found")}</h1>
      <Link to="/">{say("frame.to_editions")}</Link>
    </div>
  );
}

/** What the router shows where a page has failed. */
export function BrokenPage() {
  return <Broken error={useRouteError()} />;
}

export function Broken({ error }: { error: unknown }) {
  const { say } = useSpeech();
  return (
    <main className="instead">
      <h1>{say("frame.broken")}</h1>
      <p>{say("frame.kept")}</p>
      <Failure error={error} />
      <Button type="primary" onClick={() => location.reload()}>
        {say("frame.reload")}
      </Button>
    </main>
  );
}

/** Return what went wrong in a sentence for people. */
export function useFailure(): (error: unknown) => string {
  const { say } = useSpeech();
  return (error) => {
    if (!(error instanceof Problem) || error.status === 0) return say("frame.away");
    return error.message || say("frame.away");
  };
}

export function Failure({ error }: { error: unknown }) {
  const { say } = useSpeech();
  const sentence = useFailure()(error);
  const id = error instanceof Problem ? error.requestId : "";
  return <Alert type="error" showIcon title={sentence} description={id ? say("frame.request", { id }) : undefined} />;
}
