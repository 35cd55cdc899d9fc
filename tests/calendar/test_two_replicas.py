"""Two replicas of the calendar hear different dates at the same moment, and neither has to begin anew."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from services.calendar.base import Base
from services.calendar.service import service
from shared.db import Database, SharedBase
from shared.inbox import Deliverer
from shared.ledger import Numbered
from shared.message import Message
from shared.messages.dates import Topic
from shared.messages.events import EventsDateSet
from shared.text import same
from tests.calendar.build import timed
from tests.databases import url_of

pytestmark = pytest.mark.postgres

ROUNDS, EDITIONS = 10, 6


def test_dates_under_the_same_topics_are_heard_by_two_at_once_without_a_deadlock(database: str, tmp_path: Path) -> None:
    replicas = [Database("calendar", url_of(tmp_path, "calendar")) for _ in range(2)]
    for metadata in (SharedBase.metadata, Base.metadata):
        metadata.create_all(replicas[0].engine)
    topics = [Topic(key=f"edition:{n}", slug=f"e{n}", title=same(f"E {n}")) for n in range(EDITIONS)]
    both_begin = threading.Barrier(2)
    numbers = iter(range(1, 1_000))

    def batch(replica: int, turn: int) -> list[Numbered]:
        """Return a date in each edition, which the second replica hears in the opposite order."""
        told = []
        for topic in topics if replica == 0 else reversed(topics):
            entry = timed(f"{replica}-{topic.slug}", version=turn + 1, topics=(topic,))
            fact = EventsDateSet.of(entry.model_copy(update={"changed_at": entry.changed_at + timedelta(hours=turn)}))
            told.append(
                Numbered("events", next(numbers), Message.wrap(fact, source="events", at=fact.entry.changed_at))
            )
        return told

    batches = [[batch(replica, turn) for turn in range(ROUNDS)] for replica in range(2)]

    def hear(replica: int) -> list[bool | str]:
        deliverer, heard = Deliverer(replicas[replica], service.all_reactions()), list[bool | str]()
        for each in batches[replica]:
            both_begin.wait(timeout=60)
            try:
                heard.append(deliverer.deliver(each))
            except DBAPIError as error:  # a bus would read the batch again after a pause
                heard.append(type(error.orig).__name__)
        return heard

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(hear, range(2))) == [[True] * ROUNDS] * 2
    for db in replicas:
        db.close()
