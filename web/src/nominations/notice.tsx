/** The notice that the unit gave of its candidate: where, how long, and how it ended. */

import { Form, Input, Select, Skeleton } from "antd";
import { contentOf, usePapers } from "../attachments/queries";
import { api, ifMatch, Problem, type Schemas, told } from "../api/client";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Facts } from "../parts/facts";
import { Revise } from "../parts/revise";
import { useWord } from "../parts/word";
import { idOf } from "./fields";
import { type Nomination, useNotice, useRenewNominations } from "./queries";
import { OUTCOMES } from "./rules";

/** The item of the checklist under which a unit gives the proof of its notice. */
const NOTICE = "unit_notice";

interface Fields {
  place: string;
  from_on: string;
  to_on: string;
  outcome: Schemas["NoticeOutcome"];
  words: string;
  scan_id: string;
}

function fieldsOf(notice: Schemas["UnitNoticeOut"]): Fields {
  const { place, from_on, to_on, outcome, words, scan_id } = notice;
  return {
    place,
    from_on: from_on ?? "",
    to_on: to_on ?? "",
    outcome: outcome ?? "running",
    words,
    scan_id: scan_id ?? "",
  };
}

export function Notice({ nomination, writes }: { nomination: Nomination; writes: boolean }) {
  const { say } = useSpeech();
  const word = useWord();
  const { data, error, refetch } = useNotice(nomination.id);
  const renew = useRenewNominations();
  const path = { nomination_id: nomination.id };
  const read = async () => {
    const { data: now } = await refetch({ throwOnError: true });
    if (!now) throw new Problem(0, {});
    return { version: now.version, values: fieldsOf(now) };
  };
  return (
    <section className="form-part" id={idOf("/notice")} tabIndex={-1}>
      <h2>{say("notice.title")}</h2>
      {error && <Failure error={error} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <>
          <p>
            {say("notice.days", { needed: data.needed_days, given: data.working_days })}
            {data.provisional && <span className="warned"> {say("eligibility.provisional")}</span>}
          </p>
          {writes ? (
            <Revise<Fields>
              start={{ version: data.version, values: fieldsOf(data) }}
              read={read}
              send={async (changes, version) => {
                const fields = { ...fieldsOf(data), ...changes };
                const body = { ...fields, scan_id: fields.scan_id || null };
                const params = { path, header: ifMatch(version) };
                const now = await told(api.PUT("/api/awards/nominations/{nomination_id}/notice", { params, body }));
                await renew(nomination.id);
                return { version: now.version, values: fieldsOf(now) };
              }}
              label={(name) => word("notice", name)}
              about={{ "notice-dates-backwards": ["to_on"] }}
            >
              <NoticeFields nomination={nomination.id} />
            </Revise>
          ) : (
            <Facts
              facts={[
                [say("notice.place"), data.place],
                [say("notice.from_on"), data.from_on],
                [say("notice.to_on"), data.to_on],
                [say("notice.outcome"), data.outcome && word("notice_outcome", data.outcome)],
                [say("notice.words"), data.words],
                [
                  say("notice.scan_id"),
                  data.scan_id && <ScanOf key="scan" nomination={nomination.id} id={data.scan_id} />,
                ],
              ]}
            />
          )}
        </>
      )}
    </section>
  );
}

function ScanOf({ nomination, id }: { nomination: string; id: string }) {
  const paper = usePapers(nomination).data?.find((each) => each.id === id);
  return (
    paper && (
      <a href={contentOf(paper)} download={paper.name}>
        {paper.name}
      </a>
    )
  );
}

/** The papers that may show a notice: those given as its proof first. */
function useScans(nomination: string) {
  const papers = usePapers(nomination).data?.filter(({ pointer }) => pointer === null) ?? [];
  const proofs = papers.filter(({ key }) => key === NOTICE);
  return (proofs.length > 0 ? proofs : papers).map(({ id, name }) => ({ value: id, label: name }));
}

function NoticeFields({ nomination }: { nomination: string }) {
  const { say } = useSpeech();
  const word = useWord();
  const scans = useScans(nomination);
  return (
    <>
      <Form.Item name="place" label={say("notice.place")}>
        <Input maxLength={400} />
      </Form.Item>
      <div className="beside-each-other">
        <Form.Item name="from_on" label={say("notice.from_on")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to_on" label={say("notice.to_on")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="outcome" label={say("notice.outcome")}>
          <Select options={OUTCOMES.map((outcome) => ({ value: outcome, label: word("notice_outcome", outcome) }))} />
        </Form.Item>
      </div>
      <Form.Item name="words" label={say("notice.words")}>
        <Input.TextArea rows={2} maxLength={5000} />
      </Form.Item>
      <Form.Item name="scan_id" label={say("notice.scan_id")} extra={say("notice.scan_help")}>
        <Select options={[{ value: "", label: say("form.choose") }, ...scans]} />
      </Form.Item>
    </>
  );
}
