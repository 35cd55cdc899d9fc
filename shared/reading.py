"""What a bus needs to read a log that a broker keeps, and that knows no broker: retries, pauses, and messages of records."""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from time import monotonic
from typing import Generic, Protocol, TypeVar

import structlog
from pydantic import ValidationError

from shared.bus import Handle
from shared.db import lost_connection
from shared.ledger import Numbered
from shared.message import Message

log = structlog.get_logger()

NUMBER = "huitang-number"
"""The header that tells a message's number in its owner's log."""

LONGEST_PAUSE = 1.0

Part = TypeVar("Part", bound=Hashable)
Client = TypeVar("Client")


class Record(Protocol):
    """A message as a broker gives it."""

    topic: str
    partition: int
    offset: int
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


def topic_of(service: str) -> str:
    """Return the name of the topic that holds the log of a service."""
    return f"huitang.{service}"


def source_of(topic: str) -> str:
    """Return the service whose log a topic holds."""
    return topic.removeprefix("huitang.")


def numbered_of(records: Iterable[Record]) -> list[Numbered]:
    """Read the messages. What is none of ours can be parked under no id: it is logged with its place, and passed over."""
    batch = []
    for record in records:
        try:
            message = Message.model_validate_json(record.value or b"")
        except ValidationError as error:
            log.error(
                "message_unreadable", topic=record.topic, partition=record.partition, offset=record.offset,
                error=repr(error),
            )  # fmt: skip
            continue
        number = dict(record.headers).get(NUMBER, b"")
        batch.append(Numbered(source_of(record.topic), int(number) if number.isdigit() else 0, message))
    return batch


def handle_parts(
    polled: Mapping[Part, Sequence[Record]], handle: Handle, closed: threading.Event, name: str
) -> set[Part]:
    """Handle what was polled, all of it together, or each part by itself where that fails; return the parts handled.

    A commit for all costs as much as one for each. Where the database is away, it is so for every part: none is tried in
    vain, nor is any once the bus has `closed`.
    """
    parts = {part: numbered_of(records) for part, records in polled.items()}
    tries = [(tuple(parts), True)] if len(parts) > 1 else []
    tries += [((part,), False) for part in parts]
    handled = set[Part]()
    for chosen, whole in tries:
        if closed.is_set():
            break
        batch = list(chain.from_iterable(parts[part] for part in chosen))
        try:
            if not batch or handle(batch, whole=whole):
                handled.update(chosen)
        except Exception as error:
            away = lost_connection(error)
            (log.warning if away else log.error)("subscription_failed", service=name, error=repr(error))
            if away:
                break
        if len(handled) == len(parts):
            break
    return handled


class Pauses(Generic[Part]):
    """Which parts of a log rest for a while, each longer every time, a second at most."""

    def __init__(self) -> None:
        self._pauses: dict[Part, tuple[float, float]] = {}

    def begin(self, part: Part) -> None:
        """Let a part rest."""
        _, last = self._pauses.get(part, (0.0, 0.025))
        seconds = min(last * 2, LONGEST_PAUSE)
        self._pauses[part] = monotonic() + seconds, seconds

    def end(self, part: Part) -> None:
        """Forget that a part ever rested."""
        self._pauses.pop(part, None)

    def keep(self, parts: Iterable[Part]) -> None:
        """Forget all but `parts`."""
        kept = set(parts)
        self._pauses = {part: pause for part, pause in self._pauses.items() if part in kept}

    def over(self, parts: Iterable[Part]) -> list[Part]:
        """Return those of `parts` that have rested."""
        now = monotonic()
        return [part for part in parts if self._pauses.get(part, (0.0, 0.0))[0] <= now]


def keep_reading(
    connect: Callable[[], AbstractContextManager[Client]],
    read: Callable[[Client], None],
    closed: threading.Event,
    name: str,
    away: tuple[type[Exception], ...],
) -> None:
    """Let `read` work with a client until the bus closes: with another one whenever the one before has failed.

    The errors `away` say that the broker does not answer.
    """
    pause, quiet = 0.05, False
    while not closed.is_set():
        since = monotonic()
        try:
            with connect() as client:
                read(client)
        except Exception as error:
            known = isinstance(error, away)
            if not (known and quiet):  # a broker that is away is said once
                (log.warning if known else log.error)("reader_failed", reader=name, error=repr(error))
            quiet = known
        pause = 0.05 if monotonic() > since + 5 else min(pause * 2, LONGEST_PAUSE)
        closed.wait(pause)
