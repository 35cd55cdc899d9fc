/** The papers of a nomination by its checklist: what is asked, what is there, and what is on its way. */

import { Skeleton } from "antd";
import { useCallback, useState } from "react";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { idOf } from "../nominations/fields";
import { type Nomination, useRenewNominations } from "../nominations/queries";
import { Choosing } from "../parts/drop";
import { LeaveGuard } from "../parts/entry";
import { Mark } from "../parts/tag";
import { PaperRow } from "./paper";
import { Pointing } from "./pointing";
import { usePapers, useChecklist } from "./queries";
import { endingsOf, type Item, type Paper, sizeOf } from "./rules";
import { type Sending, useSending } from "./sending";
import { OnItsWay } from "./way";
import "./attachments.css";

export function Papers({ nomination, writes }: { nomination: Nomination; writes: boolean }) {
  const { say } = useSpeech();
  const checklist = useChecklist(nomination);
  const papers = usePapers(nomination.id);
  const renew = useRenewNominations();
  const [said, setSaid] = useState("");
  const id = nomination.id;
  const done = useCallback(
    async (file: File) => {
      setSaid(say("papers.sent", { name: file.name }));
      await renew(id);
    },
    [id, renew, say],
  );
  const sending = useSending(id, done);
  const error = checklist.error ?? papers.error;
  const items = checklist.data ?? [];
  const unasked = papers.data?.filter(({ key }) => !items.some((item) => item.key === key)) ?? [];
  return (
    <section className="form-part" id={idOf("/attachments")} tabIndex={-1}>
      <h2>{say("papers.title")}</h2>
      {error && <Failure error={error} />}
      {!error && !(checklist.data && papers.data) && <Skeleton active />}
      {checklist.data?.length === 0 && <p>{say("papers.none_asked")}</p>}
      {writes && items.length > 0 && (
        <p className="faint">
          {say("papers.says")} {say("papers.classified")}
        </p>
      )}
      {checklist.data &&
        papers.data &&
        items.map((item) => (
          <OneItem
            key={item.key}
            nomination={id}
            item={item}
            papers={papers.data.filter(({ key }) => key === item.key)}
            sending={sending}
            writes={writes}
            renew={() => renew(id)}
          />
        ))}
      {checklist.data && unasked.length > 0 && (
        <div role="group" aria-label={say("papers.unasked")} className="paper-item">
          <h3>{say("papers.unasked")}</h3>
          <p className="faint">{say("papers.unasked_says")}</p>
          <ul className="papers">
            {unasked.map((paper) => (
              <PaperRow key={paper.id} paper={paper} />
            ))}
          </ul>
        </div>
      )}
      <p role="status" className="unseen">
        {said}
      </p>
      <LeaveGuard changed={sending.going} />
    </section>
  );
}

interface ItemProps {
  nomination: string;
  item: Item;
  papers: readonly Paper[];
  sending: Sending;
  writes: boolean;
  renew: () => Promise<void>;
}

function OneItem({ nomination, item, papers, sending, writes, renew }: ItemProps) {
  const { say, of } = useSpeech();
  const name = of(item.name);
  const going = sending.all.filter(({ key }) => key === item.key);
  const coming = going.filter(({ replaces, state }) => !replaces && state !== "failed").length;
  const full = papers.length + coming >= item.most;
  const send = (files: readonly File[], replaces?: string) => {
    // How many there are is the server's to say: of those on their way some may be refused.
    const wanted = files.map((file) => {
      const [size, most] = [sizeOf(file.size), sizeOf(item.most_bytes)];
      const error = file.size > item.most_bytes ? say("papers.too_large", { size, most }) : undefined;
      return { key: item.key, file, replaces, error };
    });
    sending.add(wanted);
  };
  return (
    <div
      role="group"
      aria-label={name}
      className="paper-item"
      id={idOf(`/attachments/${item.key}`)}
      tabIndex={-1}
      data-item={item.key}
    >
      <h3>
        {name}{" "}
        {item.required ? (
          <>
            <span aria-hidden="true" className="mark">
              *
            </span>
            <span className="unseen">{say("form.required")}</span>
          </>
        ) : (
          <small className="faint">{say("papers.optional")}</small>
        )}{" "}
        {item.kept_from_candidate && <Mark>{say("papers.kept")}</Mark>}
      </h3>
      <p className="faint">
        {[
          of(item.hint),
          item.formats.length > 0
            ? say("papers.formats", { formats: item.formats.join(say("awards.comma")) })
            : say("papers.any_format"),
          say("papers.size", { size: sizeOf(item.most_bytes) }),
          say("papers.most", { most: item.most, there: papers.length }),
          item.kept_from_candidate && say("papers.kept_from"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <ul className="papers">
        {papers.map((paper) => (
          <PaperRow key={paper.id} paper={paper} {...(writes && { change: { item, replace: send, renew } })} />
        ))}
        {going.map((each) => (
          <OnItsWay key={each.id} sent={each} sending={sending} />
        ))}
      </ul>
      {writes && (
        <div className="acts">
          {full ? (
            <span className="faint">{say("papers.full")}</span>
          ) : (
            <>
              <Choosing
                small
                several={item.most > 1}
                label={say("papers.choose")}
                name={say("papers.choose_for", { name })}
                accept={endingsOf(item)}
                onChoose={(files) => send(files)}
              />
              <Pointing nomination={nomination} item={item} renew={renew} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
