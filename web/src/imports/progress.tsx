/** That something long is going on, for how long already, and how to give it up where that is possible. */

import { Button } from "antd";
import { useEffect, useState } from "react";
import { useSpeech } from "../frame/language";

export function Progress({ said, onGiveUp }: { said: string; onGiveUp?: () => void }) {
  const { say } = useSpeech();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="in-line">
      <progress aria-label={said} />
      <span role="status">{said}</span>
      <span aria-hidden="true">{say("import.seconds", { n: seconds })}</span>
      {onGiveUp && <Button onClick={onGiveUp}>{say("import.give_up")}</Button>}
    </div>
  );
}
