/** Links by which others see the draft before it is released. */

import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useThisEdition } from "../editions/queries";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import { useMoments } from "../parts/moments";
import { Confirm } from "../parts/confirm";
import { Who } from "../parts/who";
import { useMakePreview, usePreviews, useRevokePreview } from "./queries";

const HOURS = [1, 8, 24, 72, 168, 720] as const;

export function Previews() {
  const { say } = useSpeech();
  const { instant } = useMoments();
  const { slug } = useThisEdition();
  const previews = usePreviews(slug);
  const make = useMakePreview(slug);
  const revoke = useRevokePreview(slug);
  const [hours, setHours] = useState(72);
  const said = (n: number) => (n < 48 ? say("preview.hours_each", { n }) : say("preview.days_each", { n: n / 24 }));
  const shown = make.data && previews.data?.some((each) => each.id === make.data.id) ? make.data : undefined;
  return (
    <section className="sheet previews">
      <h2>{say("preview.title")}</h2>
      <p>{say("preview.told")}</p>
      <p className="in-line">
        <Select
          aria-label={say("preview.hours")}
          value={hours}
          onChange={setHours}
          options={HOURS.map((n) => ({ value: n, label: said(n) }))}
          style={{ width: 120 }}
        />
        <Button loading={make.isPending} onClick={() => make.mutate(hours)}>
          {say("preview.make")}
        </Button>
      </p>
      {make.error && <Failure error={make.error} />}
      {shown && <Once path={shown.path} />}
      <Listing
        name={say("preview.title")}
        list={whole(previews)}
        keyOf={({ id }) => id}
        empty={say("preview.none")}
        columns={[
          { key: "made", title: say("preview.made"), cell: ({ made_at }) => instant(made_at) },
          { key: "by", title: say("preview.by"), cell: ({ made_by }) => <Who account={made_by} /> },
          { key: "expires", title: say("preview.expires"), cell: ({ expires_at }) => instant(expires_at) },
          {
            key: "revoke",
            title: say("preview.revoke"),
            cell: ({ id, expires_at }) => (
              <Confirm
                label={say("preview.revoke")}
                name={say("preview.revoke_named", { when: instant(expires_at) })}
                question={say("preview.revoke_title")}
                act={() => revoke.mutateAsync(id)}
              >
                {say("preview.revoke_told")}
              </Confirm>
            ),
          },
        ]}
      />
    </section>
  );
}

/** A link that is shown this once, to be copied. */
function Once({ path }: { path: string }) {
  const { say, language } = useSpeech();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/${language}${path}`;
  return (
    <div role="status">
      <b>{say("preview.once")}</b>
      <div className="reveal">
        <Input readOnly aria-label={say("preview.link")} value={link} onFocus={({ target }) => target.select()} />
        <Button onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
          {say(copied ? "preview.copied" : "preview.copy")}
        </Button>
      </div>
    </div>
  );
}
