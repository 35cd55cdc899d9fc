/** The tracks of an edition: their names, colours and order. */

import { Button, Empty, Form, Modal, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Text } from "../api/client";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { changesOf } from "../parts/differences";
import { Both, Entry } from "../parts/entry";
import { Heads } from "../parts/heads";
import { MoveButtons, useOrder } from "../parts/order";
import { Remove } from "../parts/remove";
import { useTrackChanges, useTracks } from "./queries";
import type { Track } from "./rules";
import "./programme.css";
import { Table } from "../parts/table";

interface TrackEntry {
  name: Text;
  colour: string;
}

export function TracksPage() {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const { data: tracks, error } = useTracks(edition.slug);
  const [edited, setEdited] = useState<Track | "new">();
  return (
    <>
      <Heads title={`${of(edition.name)} · ${say("programme.tracks")}`}>
        <Link to={`/editions/${edition.slug}/programme`}>{say("programme.title")}</Link>
        <Button type="primary" onClick={() => setEdited("new")}>
          {say("programme.new_track")}
        </Button>
      </Heads>
      {error ? <Failure error={error} /> : !tracks && <Skeleton active />}
      {tracks?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say("programme.no_tracks")} />}
      {tracks && tracks.length > 0 && <Tracks tracks={tracks} edit={setEdited} />}
      <Modal
        open={edited !== undefined}
        title={say(edited === "new" ? "programme.new_track" : "programme.track")}
        footer={null}
        onCancel={() => setEdited(undefined)}
        destroyOnHidden
      >
        {edited && <TrackForm track={edited === "new" ? undefined : edited} done={() => setEdited(undefined)} />}
      </Modal>
    </>
  );
}

function Tracks({ tracks, edit }: { tracks: readonly Track[]; edit: (track: Track) => void }) {
  const { say, of } = useSpeech();
  const edition = useThisEdition();
  const { change, remove, renew } = useTrackChanges(edition.slug);
  const { busy, move } = useOrder(tracks, (track, position) => change(track, { position }), renew);
  return (
    <Table
      name={say("programme.tracks")}
      heads={[
        say("programme.title_zh"),
        say("programme.title_en"),
        say("programme.colour"),
        say("programme.what_to_do"),
      ]}
    >
      {tracks.map((track, number) => (
        <tr key={track.id} data-row={track.id}>
          <td>{track.name.zh}</td>
          <td>{track.name.en}</td>
          <td>
            {track.colour && <span className="swatch" style={{ background: track.colour }} />}{" "}
            {track.colour || say("programme.no_colour")}
          </td>
          <td>
            <Space wrap>
              <MoveButtons
                name={of(track.name)}
                at={number}
                of={tracks.length}
                busy={busy}
                move={(by) => move(track.id, by)}
              />
              <Link to={`/editions/${edition.slug}/programme?track=${track.id}`}>{say("programme.its_sessions")}</Link>
              <Button aria-label={say("programme.open_named", { title: of(track.name) })} onClick={() => edit(track)}>
                {say("programme.open")}
              </Button>
              <Remove name={of(track.name)} remove={() => remove(track)} />
            </Space>
          </td>
        </tr>
      ))}
    </Table>
  );
}

function TrackForm({ track, done }: { track: Track | undefined; done: () => void }) {
  const { say } = useSpeech();
  const edition = useThisEdition();
  const { add, change } = useTrackChanges(edition.slug);
  const start: TrackEntry = { name: track?.name ?? { zh: "", en: "" }, colour: track?.colour ?? "" };
  return (
    <Entry<TrackEntry>
      start={start}
      send={async (entry) => {
        if (track) await change(track, changesOf(start, entry));
        else await add(entry);
        done();
      }}
    >
      <Both name="name" label={say("programme.name")} />
      <Form.Item name="colour" label={say("programme.colour")}>
        <Colour />
      </Form.Item>
    </Entry>
  );
}

/** A colour, or none. */
function Colour({ value = "", onChange, id }: { value?: string; onChange?: (colour: string) => void; id?: string }) {
  const { say } = useSpeech();
  return (
    <span className="colour">
      <input id={id} type="color" value={value || "#1554ad"} onChange={({ target }) => onChange?.(target.value)} />
      {value ? (
        <Button onClick={() => onChange?.("")}>{say("programme.clear_colour")}</Button>
      ) : (
        say("programme.no_colour")
      )}
    </span>
  );
}
