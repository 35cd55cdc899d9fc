/** The draft on A4: a sheet for each room and day, or each day; and as a version to be approved. */

import { Button, Empty, Segmented, Skeleton } from "antd";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { useFilters } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { useNext } from "../releases/queries";
import { useSchedule, useSessions } from "../schedule/queries";
import type { Schedule } from "../schedule/rules";
import { type Sheet, sheetsOf, spanOf, WAYS, type Way, wayOf } from "./rules";
import "./printing.css";

type Sessions = NonNullable<ReturnType<typeof useSessions>["data"]>;

export function PrintPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const schedule = useSchedule(edition.slug);
  const sessions = useSessions(edition.slug);
  const [filters, change] = useFilters(["by"]);
  const way = wayOf(filters.by);
  const error = schedule.error ?? sessions.error;
  const ready = schedule.data && sessions.data;
  const sheets = ready
    ? sheetsOf(schedule.data, way, (session) => sessions.data.get(session)?.status !== "cancelled")
    : undefined;
  return (
    <div className="printing">
      <div className="not-printed">
        <Heads title={`${of(edition.name)} · ${say("print.title")}`}>
          <Segmented<Way>
            aria-label={say("print.by")}
            options={WAYS.map((each) => ({ value: each, label: say(`way.${each}`) }))}
            value={way}
            onChange={(by) => change({ by })}
          />
          <Button type="primary" disabled={!sheets?.length} onClick={() => print()}>
            {say("print.print")}
          </Button>
        </Heads>
      </div>
      {!ready && (error ? <Failure error={error} /> : <Skeleton active />)}
      {sheets?.length === 0 && <Empty description={say("print.empty")} />}
      {ready && sheets && sheets.length > 0 && (
        <div className="paper" data-way={way}>
          {way === "approval" && <Cover schedule={schedule.data} sheets={sheets} />}
          {sheets.map((sheet) => (
            <OneSheet
              key={`${sheet.day} ${sheet.room ?? ""}`}
              sheet={sheet}
              rooms={schedule.data.rooms}
              sessions={sessions.data}
            />
          ))}
          {way === "approval" && <Signature />}
        </div>
      )}
    </div>
  );
}

interface SheetProps {
  sheet: Sheet;
  rooms: Schedule["rooms"];
  sessions: Sessions;
}

function OneSheet({ sheet, rooms, sessions }: SheetProps) {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const { day } = useMoments();
  const named = (id: string | null) => {
    const room = rooms.find((each) => each.id === id);
    return room ? of(room.name) : say("schedule.no_room");
  };
  const whole = sheet.room === undefined;
  const title = whole ? day(sheet.day) : `${named(sheet.room ?? null)} · ${day(sheet.day)}`;
  return (
    <section className="one-sheet">
      <h2>{title}</h2>
      <div className="wide" role="region" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr className="running" aria-hidden="true">
              <td colSpan={whole ? 4 : 3}>
                {of(edition.name)} · {title}
              </td>
            </tr>
            <tr>
              <th scope="col">{say("print.time")}</th>
              <th scope="col">{say("print.session")}</th>
              <th scope="col">{say("print.people")}</th>
              {whole && <th scope="col">{say("print.room")}</th>}
            </tr>
          </thead>
          <tbody>
            {sheet.placements.map((each) => {
              const session = sessions.get(each.session_id);
              return (
                <tr key={each.session_id}>
                  <td>{spanOf(each)}</td>
                  <td>
                    {of(session?.title)}
                    {session?.status === "draft" && <small> [{say("print.draft")}]</small>}
                  </td>
                  <td>{session?.people.map((part) => of(part.name)).join(say("print.comma"))}</td>
                  {whole && <td>{named(each.room_id)}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What stands before a version to be approved: which it is, of when, how large; across each page, that it is one. */
function Cover({ schedule, sheets }: { schedule: Schedule; sheets: readonly Sheet[] }) {
  const { say, of } = useSpeech();
  const { instant } = useMoments();
  const edition = useThisEdition();
  const next = useNext(edition.slug).data;
  const placements = sheets.flatMap((sheet) => sheet.placements);
  const rooms = new Set(placements.map((each) => each.room_id)).size;
  return (
    <header className="cover">
      <div className="watermark" aria-hidden="true">
        {say("print.watermark")}
      </div>
      <h2>{say("print.approval_title", { name: of(edition.name) })}</h2>
      <p>{say("print.version", { n: next?.number ?? "…", number: schedule.number })}</p>
      <p>{say("print.made", { when: instant(new Date().toISOString()) })}</p>
      <p>{say("print.sum", { sessions: placements.length, rooms, days: sheets.length })}</p>
    </header>
  );
}

function Signature() {
  const { say } = useSpeech();
  return (
    <footer className="signature">
      <p>{say("print.opinion")}</p>
      <p>{say("print.signature")}</p>
      <p>{say("print.date")}</p>
    </footer>
  );
}
