"""Facts on their way between machines: from an outbox on PostgreSQL into Kafka, and from Kafka into another's projections.

The relay has a bare kafka-python producer beside it, which sends the same bytes to the same broker with the same
promises. What is delivered goes through the real reactions of the calendar, each fact with its effect and its inbox row.
"""

import threading
import time
from collections.abc import Sequence
from datetime import date
from statistics import median

from kafka import KafkaProducer

from benchmarks.__main__ import Row
from benchmarks.changes import told
from benchmarks.stack import Stack, lacking, not_here, row, stack
from services.calendar.service import service as calendar
from shared.db import Database, new_id
from shared.inbox import Deliverer
from shared.ledger import Numbered, emit, read_outbox
from shared.message import Fact
from shared.messages.dates import Topic
from shared.messages.directory import AccountOpened, MembershipGiven
from shared.messages.events import EventsDateSet
from shared.relay import Relay
from shared.text import Text

FACTS, DATES, ROUNDS = 6_000, 3_000, 3
RELAY_LIMIT, DELIVERY_LIMIT = 2_000, 1_500


def people(count: int) -> list[Fact]:
    """Return accounts that open, each a member of one of a few societies."""
    made: list[Fact] = []
    for number in range(count // 2):
        account, society = new_id(), f"society-{number % 20}"
        made.append(AccountOpened(account_id=account, organisation_id=society))
        made.append(
            MembershipGiven(
                membership_id=new_id(), account_id=account, organisation_id=society, from_on=date(2026, 1, 1),
                until_on=None, version=1,
            )
        )  # fmt: skip
    return made


def dates(count: int) -> list[Fact]:
    """Return the sessions of several conferences, with both languages and a short abstract."""
    made = list[Fact]()
    for number in range(count):
        edition = number // 300
        topic = Topic(key=f"edition:{edition}", slug=f"forum-{edition}", title=Text("论坛", "Forum"))
        made.append(EventsDateSet.of(told(number).model_copy(update={"topics": (topic,)})))
    return made


def leave(db: Database, facts: Sequence[Fact]) -> None:
    """Leave facts in an outbox, ten in each transaction."""
    for first in range(0, len(facts), 10):
        with db.transaction() as tx:
            emit(tx, *facts[first : first + 10])


def relayed(db: Database, made: Stack, facts: Sequence[Fact]) -> float:
    """Return how many facts a second a relay numbers, publishes and marks."""
    bus = made.bus()
    relay = Relay(db, bus)
    leave(db, people(10))
    relay.drain()  # connected
    leave(db, facts)
    began = time.perf_counter()
    count = relay.drain()
    rate = count / (time.perf_counter() - began)
    bus.close()
    assert count == len(facts)
    return rate


def sent(db: Database, made: Stack) -> float:
    """Return how many of the same messages a second a bare producer sends, until the broker has all of them."""
    with db.reading() as tx:
        batch = read_outbox(tx, db.name, 0, FACTS)
    messages = [(each.message.subject.encode(), each.message.model_dump_json().encode()) for each in batch]
    producer = KafkaProducer(bootstrap_servers=list(made.brokers), acks="all", enable_idempotence=True)
    producer.partitions_for("huitang.calendar")
    began = time.perf_counter()
    for key, value in messages:
        producer.send("huitang.calendar", key=key, value=value)
    producer.flush()
    rate = len(messages) / (time.perf_counter() - began)
    producer.close()
    return rate


class Hearing:
    """The calendar, reading what is in a topic, until it has handled so many messages."""

    def __init__(self, made: Stack, db: Database, source: str, count: int) -> None:
        self.made, self.source, self.count = made, source, count
        self.deliverer = Deliverer(db, calendar.all_reactions())
        self.handled = 0
        self.began = 0.0
        self.done = threading.Event()

    def handle(self, batch: Sequence[Numbered], *, whole: bool = False) -> bool:
        """Deliver a batch, and count it."""
        self.began = self.began or time.perf_counter()
        taken = self.deliverer.deliver(batch, whole=whole)
        self.handled += len(batch) if taken else 0
        if self.handled >= self.count:
            self.done.set()
        return taken

    def rate(self) -> float:
        """Return how many messages a second were handled, from the first batch to the last."""
        bus = self.made.bus()
        bus.subscribe("calendar", [self.source], self.deliverer.position, self.handle)
        if not self.done.wait(120):
            raise TimeoutError(f"{self.handled} of {self.count}")
        taken = time.perf_counter() - self.began
        bus.close()
        return self.handled / taken


def measure() -> list[Row]:
    """Return the rows, or what is missing."""
    if missing := lacking():
        return not_here("facts", missing)
    with stack() as made:
        directory, events, hears = (made.database(name) for name in ("directory", "events", "calendar"))
        rounds = [(relayed(directory, made, people(FACTS)), sent(directory, made)) for _ in range(ROUNDS)]
        relay_rate, beside = (median(each) for each in zip(*rounds, strict=True))
        heard = [Hearing(made, hears, "directory", FACTS * ROUNDS + 10 * ROUNDS).rate()]
        relayed(events, made, dates(DATES))
        shown = Hearing(made, hears, "events", DATES).rate()
        for db in (directory, events, hears):
            db.close()
    rate = median(heard)
    return [
        row(
            "facts: an outbox into Kafka", relay_rate, "facts/s", f"≥ {RELAY_LIMIT:,}", relay_rate >= RELAY_LIMIT,
            f"bare kafka-python producer: {beside:,.0f}",
        ),
        row(
            "facts: Kafka into projections, accounts and memberships", rate, "facts/s", f"≥ {DELIVERY_LIMIT:,}",
            rate >= DELIVERY_LIMIT,
        ),
        row("facts: Kafka into projections, dates of sessions", shown, "facts/s"),
    ]  # fmt: skip
