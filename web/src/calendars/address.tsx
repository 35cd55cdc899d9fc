/** The address of a feed, shown this once, with the ways into a calendar program. */

import { Button } from "antd";
import { useSpeech } from "../frame/language";
import { Once } from "../parts/once";
import { webcal } from "./rules";

export function Address({ url }: { url: string }) {
  const { say } = useSpeech();
  return (
    <Once label={say("calendars.address")} value={url} says={say("calendars.address_once")}>
      <div>
        <Button type="primary" href={webcal(url)}>
          {say("calendars.add")}
        </Button>
      </div>
      <p>{say("calendars.address_how")}</p>
    </Once>
  );
}
