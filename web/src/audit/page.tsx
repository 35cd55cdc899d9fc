/** The record of what was done, as each service keeps it, and whether nobody has changed it since. */

import { Alert, Button, Segmented, Skeleton, Space } from "antd";
import { Search } from "../parts/search";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { Failure } from "../frame/failures";
import { useSpeech } from "../frame/language";
import { Heads } from "../parts/heads";
import { Files, Listing } from "../parts/listing";
import { asked, useFilters } from "../parts/lists";
import { Moment } from "../parts/moment";
import { Actor, Change, Verb } from "./deeds";
import { useAudit, useChain } from "./queries";
import { screenOf, type Service, SERVICES, serviceNamed } from "./rules";

export function AuditPage() {
  const { say } = useSpeech();
  const [filters, change] = useFilters(["service", "subject"]);
  const service = serviceNamed(filters.service);
  const list = useAudit(service, useDeferredValue(filters.subject));
  return (
    <>
      <Heads title={say("audit.title")} />
      <div className="filters">
        <Segmented
          aria-label={say("audit.service")}
          options={SERVICES.map((each) => ({ value: each, label: say(`audit_of.${each}`) }))}
          value={service}
          onChange={(chosen) => change({ service: chosen })}
        />
        <Search
          label={say("audit.subject")}
          value={filters.subject}
          onChange={(words) => change({ subject: words.trim() })}
        />
      </div>
      <ChainState service={service} />
      <Listing
        name={say("audit.title")}
        list={list}
        keyOf={(deed) => String(deed.number)}
        empty={say("audit.none")}
        columns={[
          { key: "number", title: say("audit.number"), cell: (deed) => deed.number },
          { key: "at", title: say("audit.at"), cell: (deed) => <Moment at={deed.at} /> },
          { key: "actor", title: say("audit.actor"), cell: (deed) => <Actor id={deed.actor} /> },
          { key: "verb", title: say("audit.verb"), cell: (deed) => <Verb verb={deed.verb} /> },
          {
            key: "subject",
            title: say("audit.subject_short"),
            cell: (deed) => (
              <Subject
                service={service}
                verb={deed.verb}
                subject={deed.subject}
                onChoose={(subject) => change({ subject })}
              />
            ),
          },
          {
            key: "change",
            title: say("audit.change"),
            cell: (deed) => <Change verb={deed.verb} change={deed.change} />,
          },
        ]}
      />
      <Files path={`/api/${service}/audit`} filters={asked({ subject: filters.subject })} />
    </>
  );
}

/** What the check of the whole chain has found, in words. */
function ChainState({ service }: { service: Service }) {
  const { say } = useSpeech();
  const { data: chain, error, refetch, isFetching } = useChain(service);
  if (!chain) return error ? <Failure error={error} /> : <Skeleton active paragraph={{ rows: 1 }} />;
  const broken = chain.broken_at !== null;
  return (
    <Alert
      className="chain"
      showIcon
      type={broken ? "error" : "success"}
      title={broken ? say("audit.broken", { n: chain.broken_at ?? 0 }) : say("audit.holds", { n: chain.length })}
      description={
        <>
          {say("audit.head")} <code>{chain.head}</code>
        </>
      }
      action={
        <Button loading={isFetching} onClick={() => void refetch()}>
          {say("audit.check_again")}
        </Button>
      }
    />
  );
}

interface Done {
  service: Service;
  verb: string;
  subject: string;
  onChoose: (subject: string) => void;
}

function Subject({ service, verb, subject, onChoose }: Done) {
  const { say } = useSpeech();
  const screen = screenOf(service, verb, subject);
  return (
    <Space>
      {screen && <Link to={screen}>{say("audit.open")}</Link>}
      <Button size="small" title={subject} onClick={() => onChoose(subject)}>
        {say("audit.only_this")}
      </Button>
    </Space>
  );
}
