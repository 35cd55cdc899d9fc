/** The papers that were handed in, beside what the checklist asks for; the sealed page, and the print. */

import type { Category } from "../awards/form";
import { textOf } from "../awards/shown";
import type { Schemas } from "../api/client";
import { Failure } from "../frame/failures";
import { isKey, useSpeech } from "../frame/language";
import { idOf } from "../nominations/fields";
import { Moment } from "../parts/moment";
import { Listing } from "../parts/listing";
import { Mark } from "../parts/tag";
import { usePapers, useScans } from "./queries";

type Paper = Schemas["AttachmentOut"];

interface Props {
  nomination: Schemas["NominationOut"];
  category: Category | undefined;
}

export function Papers({ nomination, category }: Props) {
  const { say, of, language } = useSpeech();
  const list = usePapers(nomination.id);
  const scans = useScans(nomination.id);
  const items = category?.attachments ?? [];
  const named = (key: string) => {
    const found = items.find((item) => item.key === key);
    const own = `papers.${key}`;
    return found ? of(textOf(found.name)) : isKey(own) ? say(own) : key;
  };
  const asked = items.filter(
    ({ required = true, only_for = [] }) =>
      required && (only_for.length === 0 || only_for.includes(nomination.candidate_kind)),
  );
  const missing = list.rows && asked.filter(({ key }) => !list.rows?.some((paper) => paper.key === key));
  const print = `/api/awards/nominations/${nomination.id}/print?language=${language}`;
  return (
    <section className="form-part" id={idOf("/attachments")} tabIndex={-1}>
      <h2>{say("lack.attachment")}</h2>
      <p className="files">
        <a href={print} target="_blank" rel="noreferrer">
          {say("checks.print")}
        </a>
        {scans.data?.map((scan) => (
          <a key={scan.id} href={`/api/awards/sealed-scans/${scan.id}/content`} download>
            {say("checks.sealed_page")} <Mark kind={scan.holds ? "fine" : "warns"}>{scan.check_code}</Mark>
          </a>
        ))}
        {scans.data?.length === 0 && <span className="faint">{say("checks.no_sealed_page")}</span>}
      </p>
      {scans.error && <Failure error={scans.error} />}
      {missing && missing.length > 0 && (
        <p className="warned">
          {say("checks.papers_missing", { names: missing.map(({ key }) => named(key)).join(say("awards.comma")) })}
        </p>
      )}
      <Listing
        name={say("lack.attachment")}
        list={list}
        keyOf={(paper) => paper.id}
        empty={say("checks.no_papers")}
        columns={[
          { key: "key", title: say("checks.paper"), cell: (paper) => named(paper.key) },
          { key: "file", title: say("checks.file"), cell: (paper) => <File paper={paper} /> },
          { key: "size", title: say("checks.size"), cell: ({ size, pointer }) => !pointer && sizeOf(size) },
          { key: "at", title: say("parts.when"), cell: (paper) => <Moment at={paper.made_at} /> },
        ]}
      />
    </section>
  );
}

function File({ paper: { id, name, pointer, ended_at } }: { paper: Paper }) {
  const { say, of } = useSpeech();
  if (pointer)
    return (
      <>
        <Mark kind="warns">{say("checks.kept_elsewhere")}</Mark> {pointer.number} · {of(pointer.keeper)}
      </>
    );
  return (
    <>
      <a href={`/api/awards/attachments/${id}/content`} download>
        {name}
      </a>{" "}
      <a
        href={`/api/awards/attachments/${id}/content?inline=true`}
        target="_blank"
        rel="noreferrer"
        aria-label={say("checks.look_at_file", { name })}
      >
        {say("checks.look_at")}
      </a>
      {ended_at && <Mark>{say("checks.replaced")}</Mark>}
    </>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
