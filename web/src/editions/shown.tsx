/** What is shown of an edition wherever it is named: its days, its state. */

import { Tag } from "antd";
import { Fragment } from "react";
import { useSpeech } from "../frame/language";
import { useWord } from "../parts/word";
import { daysOf, type Edition } from "./rules";

/** The days of an edition, or that it has none yet. */
export function Dates({ edition }: { edition: Edition }) {
  const { say } = useSpeech();
  const days = daysOf(edition);
  if (!days) return say("editions.undated");
  return <Unbroken>{edition.tentative ? say("editions.tentative", { days }) : days}</Unbroken>;
}

/** From one day until another: a line ends between the two, not within one. */
export function Unbroken({ children }: { children: string }) {
  return children.split(" – ").map((day, index) => (
    <Fragment key={day}>
      {index > 0 && " – "}
      <span className="unbroken">{day}</span>
    </Fragment>
  ));
}

export function EditionState({ edition }: { edition: Edition }) {
  const word = useWord();
  return (
    <span className="states">
      <Tag variant="outlined">{word("state", edition.state)}</Tag>
      {edition.standing !== "normal" && (
        <Tag variant="outlined" color="warning">
          {word("standing", edition.standing)}
        </Tag>
      )}
    </span>
  );
}
