"""What was polled of several parts of a log is handled together, and each part by itself where that fails."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy.exc import OperationalError

from shared.db import utc_now
from shared.ledger import Numbered
from shared.message import Message
from shared.reading import handle_parts
from tests.bus.rig import Told


@dataclass(frozen=True)
class Lying:
    """A message as it lies in a part of a log."""

    value: bytes | None
    topic: str = "huitang.first"
    partition: int = 0
    offset: int = 0
    headers: Sequence[tuple[str, bytes]] = ()


class Taker:
    """Who handles messages: refuses the things in `stuck`, and fails as `away` says; `taken` are batches of turns."""

    def __init__(self, *stuck: str, away: Exception | None = None) -> None:
        self.stuck, self.away = stuck, away
        self.taken: list[list[int]] = []

    def handle(self, batch: Sequence[Numbered], *, whole: bool = False) -> bool:
        """Take all of a batch, or refuse it."""
        if any(numbered.message.subject in self.stuck for numbered in batch):
            if self.away:
                raise self.away
            return False
        self.taken.append([numbered.message.data["turn"] for numbered in batch])
        return True


def lying(thing: str, *turns: int) -> list[Lying]:
    """Put a thing's turns into a part of a log."""
    told = (Message.wrap(Told(thing=thing, turn=turn), source="first", at=utc_now()) for turn in turns)
    return [Lying(message.model_dump_json().encode()) for message in told]


POLLED = {"a": lying("a", 1, 2), "b": lying("b", 3), "c": lying("c", 4, 5)}


def handled(taker: Taker, polled: dict[str, list[Lying]], *, closed: bool = False) -> set[str]:
    """Return the parts that were handled."""
    over = threading.Event()
    if closed:
        over.set()
    return handle_parts(polled, taker.handle, over, "hearer")


def test_all_that_was_polled_is_handled_at_once_in_the_order_of_each_part() -> None:
    taker = Taker()
    assert handled(taker, POLLED) == {"a", "b", "c"}
    assert taker.taken == [[1, 2, 3, 4, 5]]


def test_a_part_that_fails_holds_back_itself_alone() -> None:
    taker = Taker("b")
    assert handled(taker, POLLED) == {"a", "c"}
    assert taker.taken == [[1, 2], [4, 5]]


def test_one_part_is_tried_once() -> None:
    taker = Taker("b")
    assert handled(taker, {"b": POLLED["b"]}) == set()
    assert handled(taker, {"a": POLLED["a"]}) == {"a"}
    assert taker.taken == [[1, 2]]


@pytest.mark.parametrize(
    ("error", "parts"), [(OperationalError("select", {}, Exception("locked")), set()), (ValueError("b"), {"a", "c"})]
)
def test_a_database_that_is_away_is_asked_once_and_what_else_is_raised_is_that_parts_own(
    error: Exception, parts: set[str]
) -> None:
    assert handled(Taker("b", away=error), POLLED) == parts


def test_what_cannot_be_read_is_passed_over_and_nothing_is_begun_once_the_bus_is_closed() -> None:
    taker = Taker()
    assert handled(taker, {"a": [Lying(b"no message")], "b": POLLED["b"]}) == {"a", "b"}
    assert handled(taker, POLLED, closed=True) == set()
    assert taker.taken == [[3]]
