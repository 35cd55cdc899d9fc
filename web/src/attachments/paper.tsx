/** A paper that is there: looked at, downloaded, replaced, taken off. */

import { useSpeech } from "../frame/language";
import { Choosing } from "../parts/drop";
import { Moment } from "../parts/moment";
import { Remove } from "../parts/remove";
import { Mark } from "../parts/tag";
import { Who } from "../parts/who";
import { useWord } from "../parts/word";
import { contentOf, takeOff } from "./queries";
import { endingsOf, isShown, type Item, type Paper, sizeOf } from "./rules";

interface Props {
  paper: Paper;
  /** How it is changed, by whoever may. */
  change?: {
    item: Item;
    replace: (files: readonly File[], replaces: string) => void;
    renew: () => Promise<void>;
  };
}

export function PaperRow({ paper, change }: Props) {
  const { say, of } = useSpeech();
  const word = useWord();
  const { pointer } = paper;
  const name = pointer ? say("papers.pointer", { number: pointer.number }) : paper.name;
  const remove = async () => {
    await takeOff(paper.id);
    await change?.renew();
  };
  return (
    <li className="paper" data-paper={paper.id}>
      <div>
        {pointer ? (
          <>
            <b>{name}</b> <Mark kind="warns">{word("secrecy", pointer.secrecy)}</Mark> {of(pointer.keeper)}
          </>
        ) : (
          <a href={contentOf(paper)} download={paper.name} aria-label={say("papers.download", { name })}>
            {name}
          </a>
        )}
        <div className="faint">
          {!pointer && `${sizeOf(paper.size)} · `}
          <Who account={paper.made_by} /> · <Moment at={paper.made_at} />
        </div>
      </div>
      <span className="states">
        {isShown(paper) && (
          <a
            className="action"
            href={`${contentOf(paper)}?inline=true`}
            target="_blank"
            rel="noreferrer"
            aria-label={say("papers.look_at", { name })}
          >
            {say("papers.look")}
          </a>
        )}
        {change && !pointer && (
          <Choosing
            small
            label={say("papers.replace")}
            name={say("papers.replace_what", { name })}
            accept={endingsOf(change.item)}
            onChoose={(files) => change.replace(files, paper.id)}
          />
        )}
        {change && <Remove name={name} effect={say("papers.remove_says")} remove={remove} />}
      </span>
    </li>
  );
}
