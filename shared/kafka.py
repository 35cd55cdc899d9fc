"""The bus of many machines, on Apache Kafka. The only file that imports `kafka`.

Each service has one topic, `huitang.<service>`, and each message lies in the partition of its subject, so that what
concerns one subject keeps its order. The broker keeps the places of readers; numbers are for people. Clients are made in
background threads, again and again until a broker answers: a service starts, and answers, without one.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Any

import structlog
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError, TopicAlreadyExistsError
from kafka.net.compat import KafkaNetClient

from shared.bus import BusAway, Handle, Health, Place
from shared.ledger import Numbered
from shared.listening import Listener, Listeners
from shared.reading import NUMBER, Pauses, handle_parts, keep_reading, numbered_of, source_of, topic_of

log = structlog.get_logger()

PARTITIONS = 12
"""Of every topic, for ever: with another number, subjects would move to other partitions and lose their order."""

LARGEST = 16 << 20
"""Bytes of the largest message."""

CONTENT_TYPE = ("content-type", b"application/cloudevents+json; charset=utf-8")

_PATIENCE_SECONDS = 5.0
"""So long publishing waits for the broker's word, before it begins anew with another producer."""

_BEAT_SECONDS = 1.0
"""So often a reader asks for the ends of its partitions: whether the broker answers, and how far the reader is behind."""

_BEHIND_SECONDS = 5.0
"""A reader for listeners that needs longer for what was there has lost its place."""

_POLL_MS, _ASK_MS, _MOST = 100, 2_000, 100  # the last: messages taken at once; a crash costs no more work
_AWAY = (KafkaError, BusAway, OSError)
_ALL = {"reconnect_backoff_max_ms": 1_000, "bootstrap_timeout_ms": _ASK_MS}
_READING = {"enable_auto_commit": False, "allow_auto_create_topics": False, "metadata_max_age_ms": 10_000}
_WRITING = {
    "acks": "all",
    "enable_idempotence": True,
    "allow_auto_create_topics": False,
    "max_block_ms": int(_PATIENCE_SECONDS * 1_000),
    "max_request_size": LARGEST,
    # Nothing waiting may expire by itself: what comes behind it for the same subject would overtake it.
    "delivery_timeout_ms": 2**31 - 1,
}


def make_topics(brokers: Sequence[str], services: Iterable[str], replication: int = 1) -> list[str]:
    """Make the topics that are missing; return their names. Raises `BusAway`.

    Raises `ValueError` where a topic stands with another number of partitions: order would be lost there.
    """
    names = [topic_of(service) for service in services]
    configs = {"retention.ms": "-1", "retention.bytes": "-1", "cleanup.policy": "delete"}
    configs |= {"max.message.bytes": str(LARGEST), "min.insync.replicas": "2" if replication > 2 else "1"}
    wanted = {"num_partitions": PARTITIONS, "replication_factor": replication, "configs": configs}
    try:
        with closing(_made(KafkaAdminClient, brokers)) as admin:
            missing = sorted(set(names) - set(admin.list_topics()))
            if missing:
                with suppress(TopicAlreadyExistsError):  # another migration was faster
                    admin.create_topics(dict.fromkeys(missing, wanted), timeout_ms=30_000)
                admin.wait_for_topics(missing, timeout_ms=30_000)
            described = admin.describe_topics(names)
    except _AWAY as error:
        raise BusAway(repr(error)) from error
    for topic in described:
        if len(topic["partitions"]) != PARTITIONS:
            raise ValueError(f"{topic['name']} has {len(topic['partitions'])} partitions instead of {PARTITIONS}")
    return missing


class KafkaBus:
    """The bus on Kafka of one process. `sources` are the services whose topics listeners hear."""

    def __init__(self, brokers: Sequence[str], sources: Iterable[str]) -> None:
        self._brokers = tuple(brokers)
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._producers: dict[str, _Producer] = {}
        self._subscriptions: dict[str, _Subscription] = {}
        self._listeners = Listeners(hearing=False)
        self._ear = _Ear(self._brokers, sources, self._listeners, self._closed)
        self._listening = False
        self._threads: list[threading.Thread] = []

    def publish(self, source: str, batch: Sequence[Numbered]) -> None:
        """Send the messages, and return once the broker has all of them; raises `BusAway`."""
        with self._lock:
            producer = self._producers.setdefault(source, _Producer(self._brokers, topic_of(source)))
        if self._closed.is_set():
            raise BusAway("the bus is closed")
        producer.publish(batch)

    def subscribe(self, name: str, sources: Iterable[str], position: Place, handle: Handle) -> None:
        """Start one thread that reads `sources` in the group `huitang.<name>`, whose places the broker keeps."""
        subscription = self._subscriptions[name] = _Subscription(self._brokers, name, sources, handle, self._closed)
        self._start(subscription.run, f"{name}-hears")

    def replay(self, source: str) -> Iterator[Sequence[Numbered]]:
        """Yield the topic of `source` from its beginning to its present end; raises `BusAway`."""
        try:
            with _reader(self._brokers, auto_offset_reset="none") as consumer:
                yield from _replay(consumer, source)
        except _AWAY as error:
            raise BusAway(repr(error)) from error

    def listen(self) -> Listener:
        """Start hearing, as soon as the broker answers, what is published from then on; perhaps a moment earlier.

        The first listener starts the thread that reads for all of them.
        """
        listener = self._listeners.add()
        with self._lock:
            first, self._listening = not self._listening, True
        if first:
            self._start(self._ear.run, "listeners")
        return listener

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""
        self._listeners.remove(listener)

    def hush(self) -> None:
        """End every listener."""
        self._listeners.remove_all()

    def health(self, name: str) -> Health:
        """Tell whether the broker answered the service `name` lately, and how far its own partitions are behind."""
        subscription = self._subscriptions.get(name)
        return Health(subscription.answered, dict(subscription.lag)) if subscription else Health(False)

    def close(self) -> None:
        """End every subscription, listener and producer, waiting for the batch in hand."""
        self._closed.set()
        self.hush()
        for thread in self._threads:
            thread.join(timeout=10)
        for producer in self._producers.values():
            producer.close()

    def _start(self, run: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=run, name=f"kafka-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()


class _Producer:
    """What publishes for one service: one batch at a time, all of it or it begins anew."""

    def __init__(self, brokers: Sequence[str], topic: str) -> None:
        self._brokers = brokers
        self._topic = topic
        self._producer: Any = None
        self._lock = threading.Lock()

    def publish(self, batch: Sequence[Numbered]) -> None:
        """Send `batch` and wait for the broker's word on every message.

        A producer that failed is given up with all it still holds. What it sent is a beginning of the batch in each
        partition, and the next one sends the same from the beginning: no message overtakes one of its subject.
        """
        with self._lock:
            deadline = monotonic() + _PATIENCE_SECONDS
            try:
                if self._producer is None:
                    self._producer = _made(KafkaProducer, self._brokers, **_WRITING)
                for sent in [self._send(numbered) for numbered in batch]:
                    sent.get(timeout=max(deadline - monotonic(), 0.001))
            except (KafkaError, OSError) as error:
                self._give_up()
                raise BusAway(repr(error)) from error

    def close(self) -> None:
        """End the producer."""
        with self._lock:
            self._give_up()

    def _send(self, numbered: Numbered) -> Any:
        message = numbered.message
        return self._producer.send(
            self._topic,
            key=message.subject.encode(),
            value=message.model_dump_json().encode(),
            headers=[CONTENT_TYPE, (NUMBER, str(numbered.number).encode())],
        )

    def _give_up(self) -> None:
        """Close the producer; `close` alone would leave it alive, and sending, where the broker is away."""
        if self._producer is not None:
            sender = self._producer._sender
            sender.force_close()
            sender.join(timeout=2)
            with suppress(KafkaError):
                self._producer.close(timeout=0)
        self._producer = None


class _Subscription:
    """A service's own reading in its consumer group: one thread, whose partitions fail each for itself."""

    def __init__(
        self, brokers: Sequence[str], name: str, sources: Iterable[str], handle: Handle, closed: threading.Event
    ) -> None:
        settings = {"group_id": f"huitang.{name}", "auto_offset_reset": "earliest", "session_timeout_ms": 10_000}
        self._connect = partial(_reader, brokers, max_poll_records=_MOST, **settings)
        self._name = name
        self._topics = [topic_of(source) for source in sources]
        self._handle = handle
        self._closed = closed
        self._pauses = Pauses[TopicPartition]()
        self._owing = self.answered = False
        self.lag: dict[str, int] = {}

    def run(self) -> None:
        """Read until the bus closes, with a new client whenever one fails."""
        keep_reading(self._connect, self._read, self._closed, self._name, _AWAY)

    def _read(self, consumer: Any) -> None:
        consumer.subscribe(self._topics)
        next_beat = 0.0
        try:
            while not self._closed.is_set():
                if monotonic() >= next_beat:
                    self._beat(consumer)
                    next_beat = monotonic() + _BEAT_SECONDS
                self._resume(consumer)
                self._take(consumer, consumer.poll(timeout_ms=_POLL_MS))
        finally:
            self.answered = False

    def _take(self, consumer: Any, polled: Mapping[TopicPartition, Sequence[Any]]) -> None:
        """Handle what was polled, and commit how far each partition has come."""
        handled = handle_parts(polled, self._handle, self._closed, self._name)
        done = dict[TopicPartition, OffsetAndMetadata]()
        for partition, records in polled.items():
            if partition in handled:
                self._pauses.end(partition)
                done[partition] = OffsetAndMetadata(records[-1].offset + 1, "", -1)
            else:
                self._go_back(consumer, partition, records[0].offset)
        if done:
            self._commit(consumer, done)

    def _go_back(self, consumer: Any, partition: TopicPartition, offset: int) -> None:
        """Read from `offset` again after a pause, longer each time; other partitions go on."""
        if partition in consumer.assignment():
            self._pauses.begin(partition)
            consumer.seek(partition, offset)
            consumer.pause(partition)

    def _resume(self, consumer: Any) -> None:
        """Go on with what has rested. What the client (3.0.12) puts aside of it, it may keep for ever, and fetch no more."""
        self._pauses.keep(consumer.assignment())
        consumer.resume(*self._pauses.over(consumer.paused()))
        aside = consumer._fetcher._paused_partition_records
        for partition in aside.keys() - consumer.paused():
            del aside[partition]

    def _commit(self, consumer: Any, done: Mapping[TopicPartition, OffsetAndMetadata] | None = None) -> None:
        """Tell the broker how far this service is. What it does not learn is read again, and known by its inbox row."""
        try:
            consumer.commit(done, timeout_ms=_ASK_MS)
            self._owing = self._owing and done is not None
        except KafkaError as error:
            self._owing = True
            log.warning("commit_failed", service=self._name, error=repr(error))

    def _beat(self, consumer: Any) -> None:
        """Ask how far the logs are: that tells whether the broker answers, too."""
        mine = consumer.assignment()
        try:
            ends = consumer.end_offsets(list(mine) or [TopicPartition(self._topics[0], 0)], timeout_ms=_ASK_MS)
            lag = dict.fromkeys((source_of(topic) for topic in self._topics), 0)
            for partition in mine:
                place = consumer.position(partition, timeout_ms=_ASK_MS) or 0
                lag[source_of(partition.topic)] += max(ends[partition] - place, 0)
        except KafkaError:
            if self.answered:
                log.warning("broker_away", service=self._name)
            self.answered = False
        else:
            self.answered, self.lag = True, lag
            if self._owing and mine:
                self._commit(consumer)


class _Ear:
    """Reads all topics from their present ends for every listener of this process, in no group."""

    def __init__(
        self, brokers: Sequence[str], sources: Iterable[str], listeners: Listeners, closed: threading.Event
    ) -> None:
        self._connect = partial(_reader, brokers, auto_offset_reset="none", request_timeout_ms=5_000)
        self._partitions = [each for source in sources for each in _partitions(source)]
        self._listeners = listeners
        self._closed = closed

    def run(self) -> None:
        """Read until the bus closes; whenever that fails, every listener has missed something."""
        keep_reading(self._connect, self._read, self._closed, "listeners", _AWAY)

    def _read(self, consumer: Any) -> None:
        consumer.assign(self._partitions)
        goal = consumer.end_offsets(self._partitions, timeout_ms=_ASK_MS)
        places = dict(goal)
        for partition, end in goal.items():
            consumer.seek(partition, end)
        with self._listeners.heard():
            next_beat, reached = monotonic() + _BEAT_SECONDS, monotonic()
            while not self._closed.is_set():
                for partition, records in consumer.poll(timeout_ms=_POLL_MS).items():
                    places[partition] = records[-1].offset + 1
                    self._listeners.tell([numbered.message for numbered in numbered_of(records)])
                if monotonic() < next_beat:
                    continue
                ends = consumer.end_offsets(self._partitions, timeout_ms=_ASK_MS)
                if all(places[partition] >= end for partition, end in goal.items()):
                    goal, reached = ends, monotonic()
                elif monotonic() > reached + _BEHIND_SECONDS:
                    raise BusAway("too far behind")
                next_beat = monotonic() + _BEAT_SECONDS


def _made(kind: Any, brokers: Sequence[str], **settings: Any) -> Any:
    """Make a client, which blocks until a broker answers; raises `KafkaError`.

    A client whose making failed would leave its thread behind: the part that owns the thread is closed here.
    """
    parts: list[Any] = []

    def part(**config: Any) -> Any:
        parts.append(KafkaNetClient(**config))
        return parts[-1]

    try:
        return kind(bootstrap_servers=list(brokers), client_id="huitang", kafka_client=part, **_ALL, **settings)
    except Exception:
        for each in parts:
            each.close()
        raise


@contextmanager
def _reader(brokers: Sequence[str], **settings: Any) -> Iterator[Any]:
    """Make a consumer for the time of a block."""
    consumer = _made(KafkaConsumer, brokers, **_READING, **settings)
    try:
        yield consumer
    finally:
        with suppress(Exception):  # whatever state it is in, nobody uses it any more
            consumer.close(autocommit=False, timeout_ms=_ASK_MS)


def _partitions(source: str) -> list[TopicPartition]:
    return [TopicPartition(topic_of(source), number) for number in range(PARTITIONS)]


def _replay(consumer: Any, source: str) -> Iterator[Sequence[Numbered]]:
    partitions = _partitions(source)
    consumer.assign(partitions)
    begins, ends = consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
    for partition in partitions:
        consumer.seek(partition, begins[partition])
    left = {partition for partition in partitions if begins[partition] < ends[partition]}
    consumer.pause(*(set(partitions) - left))
    heard = monotonic()
    while left:
        polled = consumer.poll(timeout_ms=_POLL_MS)
        if not polled and monotonic() > heard + 30:
            raise BusAway(f"the log of {source} cannot be read")
        for partition, records in polled.items():
            if records[-1].offset + 1 >= ends[partition]:
                left.discard(partition)
                consumer.pause(partition)
            yield numbered_of([record for record in records if record.offset < ends[partition]])
        heard = monotonic() if polled else heard
