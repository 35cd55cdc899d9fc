/** Hearing of changes that anybody makes: one stream for all that this page minds, since a browser opens only few to a host. */

/** That `subject`, a `part` of an edition's draft, is now at `version`, by an account. */
export interface Change {
  topic: string;
  subject: string;
  version: number;
  by: string;
  part: string;
}

interface Hearer {
  /** Ids of the editions that it minds. */
  editions: readonly string[];
  change: (change: Change) => void;
  /** Told whether it hears: each time that begins, something may have been changed before. */
  heard?: (is: boolean) => void;
}

interface Stream {
  source: EventSource;
  topics: ReadonlySet<string>;
}

/** So many topics the server takes. */
const MOST = 20;
/** So many milliseconds after a refusal it is asked again. */
const AGAIN = 3_000;

const hearers = new Map<Hearer, boolean>();
let current: Stream | undefined;
/** What takes the place of the current stream once it hears, so that nothing is missed in between. */
let coming: Stream | undefined;
let heard = false;
let again: number | undefined;

/** Hear of changes; returns what ends that. */
export function hear(hearer: Hearer): () => void {
  hearers.set(hearer, false);
  tell();
  queueMicrotask(follow);
  return () => {
    hearers.delete(hearer);
    queueMicrotask(follow);
  };
}

const topicsOf = ({ editions }: Hearer) => editions.map((id) => `edition:${id}`);

/** Let each know whether it hears now. */
function tell() {
  for (const [hearer, was] of [...hearers]) {
    const is = heard && topicsOf(hearer).every((topic) => current?.topics.has(topic));
    hearers.set(hearer, is);
    if (is !== was) hearer.heard?.(is);
  }
}

/** See to it that the stream tells of all that is minded: what was minded last first, where that is too much. */
function follow() {
  const wanted = [...new Set([...hearers.keys()].reverse().flatMap(topicsOf))].slice(0, MOST);
  const covering = coming ?? current;
  if (wanted.length > 0 && covering && wanted.every((topic) => covering.topics.has(topic))) return;
  window.clearTimeout(again);
  coming?.source.close();
  coming = undefined;
  if (wanted.length > 0) coming = open(wanted);
  else {
    current?.source.close();
    current = undefined;
    heard = false;
  }
}

function open(topics: readonly string[]): Stream {
  const query = new URLSearchParams(topics.map((topic) => ["topic", topic]));
  const source = new EventSource(`/api/events/live?${query.toString()}`);
  const stream = { source, topics: new Set(topics) };
  source.addEventListener("open", (event) => {
    if (!(event instanceof MessageEvent)) return; // there is an answer, but it is not said yet that all is heard
    if (coming === stream) {
      current?.source.close();
      current = stream;
      coming = undefined;
    }
    heard = true;
    tell();
  });
  source.addEventListener("change", (event: MessageEvent<string>) => {
    const change = JSON.parse(event.data) as Change;
    if (current !== stream) return;
    for (const hearer of hearers.keys()) if (topicsOf(hearer).includes(change.topic)) hearer.change(change);
  });
  source.addEventListener("error", () => {
    if (current === stream) {
      heard = false;
      tell();
    }
    if (source.readyState !== EventSource.CLOSED) return; // the browser asks again by itself
    if (current === stream) current = undefined;
    if (coming === stream) coming = undefined;
    window.clearTimeout(again);
    again = window.setTimeout(follow, AGAIN);
  });
  return stream;
}
