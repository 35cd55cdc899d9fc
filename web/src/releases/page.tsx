/** What was released when; and the links that show what is not released yet. */

import { Skeleton, Tag } from "antd";
import { Link } from "react-router";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { type Key, useSpeech } from "../frame/language";
import { Go } from "../parts/go";
import { Heads } from "../parts/heads";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { Counts } from "./changes";
import { Previews } from "./previews";
import { type Release, useReleases } from "./queries";
import "./releases.css";

export function ReleasesPage() {
  const { say, of, language } = useSpeech();
  const { instant } = useMoments();
  const edition = useThisEdition();
  const releases = useReleases(edition.slug);
  const at = `/editions/${edition.slug}`;
  if (!releases.data) return releases.error ? <Failure error={releases.error} /> : <Skeleton active />;
  const newest = releases.data[0]?.number;
  return (
    <>
      <Heads title={say("releases.title")}>
        {newest !== undefined && (
          <a href={`/${language}/events/${edition.series_slug}/${edition.slug}`}>{say("releases.public_page")}</a>
        )}
        <Go to={`${at}/print`}>{say("releases.print")}</Go>
        <Go to={`${at}/releases/next`} primary>
          {say("releases.next")}
        </Go>
      </Heads>
      <Listing<Release>
        name={say("releases.title")}
        list={whole(releases)}
        keyOf={({ number }) => String(number)}
        empty={say("releases.none")}
        columns={[
          {
            key: "number",
            title: say("releases.version"),
            cell: ({ number }) => (
              <>
                <Link to={`${at}/releases/${number}`}>{say("releases.number", { n: number })}</Link>{" "}
                {number === newest && <Tag>{say("releases.public")}</Tag>}
              </>
            ),
          },
          { key: "name", title: say("releases.name"), cell: (release) => <Named release={release} /> },
          { key: "at", title: say("releases.made_at"), cell: ({ made_at }) => instant(made_at) },
          { key: "changes", title: say("releases.changes"), cell: ({ counts }) => <Counts counts={counts} /> },
          { key: "note", title: say("releases.note"), cell: ({ note }) => of(note) },
        ]}
      />
      <Previews />
    </>
  );
}

/** What a release is called, or what kind it is. */
export function Named({ release }: { release: Release }) {
  const { say, of } = useSpeech();
  if (release.of_number !== null) return of(release.name) || say("releases.of", { n: release.of_number });
  return of(release.name) || say(`releasekind.${release.kind}` as Key);
}
