"""What Kafka adds to a bus: topics, a broker that dies, freezes or is not there yet, and several replicas."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jsonschema
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from huitang.local_kafka import LocalKafka
from shared.bus import BusAway, Health
from shared.kafka import KafkaBus, make_topics
from shared.ledger import read_outbox
from tests.bus.rig import Hall, Reader, wait_until

pytestmark = pytest.mark.kafka

THINGS = tuple(f"thing-{number}" for number in range(20))

CLOUDEVENT = {
    "type": "object",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "format": "uri-reference", "minLength": 1},
        "type": {"type": "string", "minLength": 1},
        "subject": {"type": "string", "minLength": 1},
        "time": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"},
        "datacontenttype": {"const": "application/json"},
        "data": {"type": "object"},
    },
    "propertyNames": {"pattern": "^[a-z0-9]+$"},
}
"""CloudEvents 1.0 in structured JSON: what it demands of any, and what it demands of attributes that we set."""


def topic(hall: Hall) -> str:
    """Return the topic of the first teller."""
    return f"huitang.{hall.first.name}"


def produce(hall: Hall, value: bytes | None, key: bytes) -> None:
    """Put into the first teller's topic what no bus of ours would."""
    assert hall.broker
    producer = KafkaProducer(bootstrap_servers=list(hall.broker.brokers))
    producer.send(topic(hall), value=value, key=key).get(timeout=30)
    producer.close()


def records(hall: Hall) -> list[Any]:
    """Return everything in the first teller's topic, in order for each partition."""
    assert hall.broker
    consumer = KafkaConsumer(bootstrap_servers=list(hall.broker.brokers))
    partitions = [TopicPartition(topic(hall), number) for number in range(12)]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    left, found = sum(consumer.end_offsets(partitions).values()), list[Any]()
    while len(found) < left:
        for polled in consumer.poll(timeout_ms=1000).values():
            found += polled
    consumer.close()
    return found


@contextmanager
def telling(hall: Hall) -> Iterator[None]:
    """Write facts and relay them in the background, as a service does, for the time of a block."""
    over = threading.Event()

    def write() -> None:
        while not over.wait(0.1):
            hall.first.write(*THINGS)

    writer = threading.Thread(target=write)
    hall.first.relay.start()
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def test_topics_have_twelve_partitions_and_keep_everything_for_ever(on_kafka: Hall) -> None:
    assert on_kafka.broker
    brokers, names = on_kafka.broker.brokers, [on_kafka.first.name, f"new{on_kafka.mark}"]
    assert make_topics(brokers, names) == [f"huitang.new{on_kafka.mark}"]
    assert make_topics(brokers, names) == []
    admin = KafkaAdminClient(bootstrap_servers=list(brokers))
    (described,) = admin.describe_topics([topic(on_kafka)])
    assert len(described["partitions"]) == 12
    settings = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic(on_kafka))])["topic"]
    assert settings[topic(on_kafka)]["retention.ms"]["value"] == "-1"
    admin.create_topics({f"huitang.odd{on_kafka.mark}": {"num_partitions": 3, "replication_factor": 1}})
    admin.wait_for_topics([f"huitang.odd{on_kafka.mark}"])
    admin.close()
    with pytest.raises(ValueError, match="3 partitions instead of 12"):
        make_topics(brokers, [f"odd{on_kafka.mark}"])


def test_a_topic_that_was_not_made_is_not_made_by_publishing(on_kafka: Hall) -> None:
    on_kafka.first.tell("thing")
    with on_kafka.first.db.reading() as tx:
        batch = read_outbox(tx, on_kafka.first.name, 0)
    with pytest.raises(BusAway):
        on_kafka.bus.publish(f"nobody{on_kafka.mark}", batch)


def test_what_lies_in_a_topic_is_a_cloudevent_by_subject(on_kafka: Hall) -> None:
    on_kafka.first.tell(*THINGS, *THINGS)
    found = records(on_kafka)
    for record in found:
        message = json.loads(record.value)
        jsonschema.validate(message, CLOUDEVENT)
        assert (record.key.decode(), message["source"]) == (message["subject"], f"/{on_kafka.first.name}")
        assert dict(record.headers)["content-type"] == b"application/cloudevents+json; charset=utf-8"
    numbers = [int(dict(record.headers)["huitang-number"]) for record in found]
    assert sorted(numbers) == list(range(1, 41))
    assert len({(record.key, record.partition) for record in found}) == len(THINGS)


def test_other_subjects_go_on_beside_a_message_that_fails(on_kafka: Hall) -> None:
    open_ = threading.Event()
    reader = Reader(lambda fact: fact.thing != "thing-0" or open_.is_set())
    on_kafka.bus.subscribe(f"reader{on_kafka.mark}", [on_kafka.first.name], reader.position, reader.handle)
    on_kafka.first.tell("thing-0")
    wait_until(lambda: reader.refused >= 2)
    on_kafka.first.tell(*THINGS)
    beside = {record.key.decode() for record in records(on_kafka) if record.partition == partition_of(on_kafka)}
    wait_until(lambda: reader.turns() == {thing: [1] for thing in THINGS if thing not in beside})
    open_.set()
    wait_until(lambda: reader.turns() == on_kafka.first.told)


def test_a_partition_of_which_much_was_fetched_goes_on_after_a_failure_while_others_are_read(on_kafka: Hall) -> None:
    open_ = threading.Event()
    reader = Reader(lambda fact: fact.thing != "thing-0" or open_.is_set())
    on_kafka.first.tell(*["thing-0"] * 1_200)  # more than is taken at once
    on_kafka.bus.subscribe(f"reader{on_kafka.mark}", [on_kafka.first.name], reader.position, reader.handle)
    wait_until(lambda: reader.refused >= 2)
    on_kafka.first.tell(*THINGS)
    wait_until(lambda: len(reader.turns()) > len(THINGS) / 2)
    open_.set()
    wait_until(lambda: reader.turns() == on_kafka.first.told)


def partition_of(hall: Hall) -> int:
    """Return the partition of the thing that is stuck."""
    return next(int(record.partition) for record in records(hall) if record.key == b"thing-0")


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"[1]", b'{"specversion": "1.0", "id": "x"}'])
def test_what_is_no_message_is_passed_over(on_kafka: Hall, value: bytes | None) -> None:
    hearer = on_kafka.hearer()
    on_kafka.first.tell("thing")
    produce(on_kafka, value, b"thing")
    on_kafka.first.tell("thing")
    hearer.listen_to(on_kafka.bus, on_kafka.first)
    wait_until(lambda: hearer.heard() == {"thing": [1, 2]})
    assert sum(len(batch) for batch in on_kafka.bus.replay(on_kafka.first.name)) == 2


def test_nothing_is_lost_or_doubled_when_the_broker_is_killed_in_mid_stream(on_kafka: Hall, kafka: LocalKafka) -> None:
    hearer = on_kafka.hearer()
    hearer.listen_to(on_kafka.bus, on_kafka.first)
    with telling(on_kafka):
        wait_until(lambda: bool(hearer.heard()))
        kafka.kill()
        wait_until(lambda: not on_kafka.bus.health(hearer.db.name).answers)
        kafka.start()
        before = sum(map(len, hearer.heard().values()))
        wait_until(lambda: sum(map(len, hearer.heard().values())) > before)
    wait_until(lambda: hearer.heard() == on_kafka.first.told)
    wait_until(lambda: on_kafka.bus.health(hearer.db.name) == Health(True, {on_kafka.first.name: 0}))


def test_nothing_is_lost_or_doubled_when_the_broker_freezes_in_mid_stream(on_kafka: Hall, kafka: LocalKafka) -> None:
    hearer = on_kafka.hearer()
    hearer.listen_to(on_kafka.bus, on_kafka.first)
    with telling(on_kafka):
        wait_until(lambda: bool(hearer.heard()))
        kafka.freeze()
        wait_until(lambda: not on_kafka.bus.health(hearer.db.name).answers)
        kafka.thaw()
    wait_until(lambda: hearer.heard() == on_kafka.first.told)


def test_two_replicas_share_the_work_and_lose_and_double_nothing(on_kafka: Hall) -> None:
    first = on_kafka.hearer()
    first.listen_to(on_kafka.bus, on_kafka.first)
    with telling(on_kafka):
        wait_until(lambda: first.took > 0)
        second, other_bus = on_kafka.hearer(), on_kafka.another_bus()
        second.listen_to(other_bus, on_kafka.first)
        wait_until(lambda: second.took > 0)
        shared = first.took
        wait_until(lambda: first.took > shared)
        other_bus.close()
    wait_until(lambda: first.heard() == on_kafka.first.told)


def test_a_service_that_starts_before_its_broker_catches_up(on_kafka: Hall, kafka: LocalKafka) -> None:
    kafka.kill()
    hearer, bus = on_kafka.hearer(), on_kafka.another_bus()
    hearer.listen_to(bus, on_kafka.first)
    on_kafka.first.write(*THINGS)
    with pytest.raises(BusAway):
        on_kafka.first.relay.drain()
    with pytest.raises(BusAway):
        list(bus.replay(on_kafka.first.name))
    assert not bus.health(hearer.db.name).answers
    kafka.start()
    on_kafka.first.relay.start()
    wait_until(lambda: hearer.heard() == on_kafka.first.told)
    assert bus.health(hearer.db.name).answers


def test_a_listener_learns_that_the_broker_could_not_be_heard(on_kafka: Hall, kafka: LocalKafka) -> None:
    async def hear() -> None:
        listener = on_kafka.bus.listen()
        assert await listener.hears()
        kafka.freeze()
        assert (await listener.next(), listener.missed) == (None, True)
        again = on_kafka.bus.listen()
        kafka.thaw()
        assert await again.hears()
        await asyncio.to_thread(on_kafka.first.tell, "thing")
        message = await again.next()
        assert message is not None
        assert (message.subject, again.missed) == ("thing", False)

    asyncio.run(asyncio.wait_for(hear(), 60))


def test_a_bus_without_a_broker_closes_soon_and_leaves_no_thread(on_kafka: Hall) -> None:
    on_kafka.first.tell("thing")
    with on_kafka.first.db.reading() as tx:
        batch = read_outbox(tx, on_kafka.first.name, 0)
    before = set(threading.enumerate())
    bus = KafkaBus(["127.0.0.1:1"], ["first"])

    async def hear() -> None:
        listener = bus.listen()
        bus.hush()
        assert not await listener.hears()

    reader = Reader()
    bus.subscribe("reader", ["first"], reader.position, reader.handle)
    asyncio.run(asyncio.wait_for(hear(), 60))
    with pytest.raises(BusAway):
        bus.publish("first", batch)
    bus.close()
    with pytest.raises(BusAway):
        bus.publish("first", batch)
    wait_until(lambda: set(threading.enumerate()) <= before)
