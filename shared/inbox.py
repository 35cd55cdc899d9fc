"""The inbox: how other services' facts arrive, each with its effect exactly once.

A reaction runs with its inbox row in one transaction. A message that fails for a reason of its own is tried five times
and then parked: visible, replayable, and in nobody's way.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, get_type_hints

import structlog
from sqlalchemy import Integer, String, Table, Text, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.db import Database, SharedBase, UtcDateTime, lost_connection
from shared.errors import ReactionGone
from shared.jobs import Work
from shared.ledger import Numbered, Position, position_of, set_position
from shared.message import FACTS, Fact, Message, request_id
from shared.tracing import react

log = structlog.get_logger()

TRIES = 5
"""After so many failures of its own a message is parked."""

UNHEARD = 1_000
"""So many messages that nobody here hears are passed over before that is written down."""

INTERRUPTIONS = 3
"""So many attempts in a row that ended with the process count as one failure."""


class InboxRow(SharedBase):
    """A message that a reaction has handled."""

    __tablename__ = "inbox"

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reaction: Mapped[str] = mapped_column(String(120), primary_key=True)


class Attempt(SharedBase):
    """A message that a reaction could not handle yet; parked once `parked_at` is set."""

    __tablename__ = "attempts"

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reaction: Mapped[str] = mapped_column(String(120), primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column(Integer)
    message: Mapped[str] = mapped_column(Text)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    interruptions: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    parked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


P = ParamSpec("P")
_AHEAD = "_reads_ahead"
_INBOX = SharedBase.metadata.tables["inbox"]
_HANDLED = select(_INBOX).where(_INBOX.c.message_id.in_(bindparam("ids", expanding=True)))
_ENTER = insert(_INBOX)


ReadAhead = Callable[[Session, Sequence[Any]], None]


def reads_ahead(read: ReadAhead) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Let `read(tx, facts)` read, for all facts of a batch at once, what the reaction needs for each of them.

    What it keeps in `tx.info`, the reaction finds there; handled alone, a fact comes in a batch of its own.
    """

    def mark(reaction: Callable[P, None]) -> Callable[P, None]:
        setattr(reaction, _AHEAD, read)
        return reaction

    return mark


@dataclass(frozen=True)
class Reaction:
    """A function `on_<fact>(tx, fact)` or `on_<fact>(tx, fact, message)`, and the fact it hears."""

    run: Callable[..., None]
    name: str = field(init=False)
    hears: type[Fact] = field(init=False)
    wants_message: bool = field(init=False)
    ahead: ReadAhead | None = field(init=False)

    def __post_init__(self) -> None:
        parameters = list(inspect.signature(self.run).parameters)
        hears = get_type_hints(self.run)[parameters[1]]
        feature = self.run.__module__.split(".")[-2]
        object.__setattr__(self, "name", f"{feature}.{self.run.__name__}")
        object.__setattr__(self, "hears", hears)
        object.__setattr__(self, "wants_message", len(parameters) > 2)
        object.__setattr__(self, "ahead", getattr(self.run, _AHEAD, None))

    def sources(self) -> set[str]:
        """Name the services that publish what this reaction hears."""
        kinds = [kind for kind in FACTS.values() if issubclass(kind, self.hears)]
        return {kind.fact_type.split(".")[0] for kind in kinds}

    def matches(self, message: Message) -> bool:
        """Tell whether this reaction hears the message: its own fact, or any fact of a base class it names."""
        kind = FACTS.get(message.type)
        return kind is not None and issubclass(kind, self.hears)

    def __call__(self, tx: Session, fact: Fact, message: Message) -> None:
        """Run the reaction on the fact that came in the message."""
        if self.wants_message:
            self.run(tx, fact, message)
        else:
            self.run(tx, fact)


def reactions(*functions: Callable[..., None]) -> tuple[Reaction, ...]:
    """Make reactions of functions."""
    return tuple(Reaction(function) for function in functions)


class Deliverer:
    """Hands the messages of other services to the reactions of one service."""

    def __init__(self, db: Database, reactions: Sequence[Reaction]) -> None:
        self.db = db
        self.reactions = tuple(reactions)
        self._positions: dict[str, int] = {}
        self._heard: dict[str, tuple[Reaction, ...]] = {}
        self._passed: Counter[str] = Counter()

    def deliver(self, batch: Sequence[Numbered], *, whole: bool = False) -> bool:
        """Handle `batch` in one transaction, or message by message where that fails, unless it is to be taken `whole`.

        What nobody here hears is passed over in memory alone, and read again after a restart at worst. Returns False
        where a message has failed and should be tried again from the stored position after a pause; of what was to be
        taken whole nothing is kept then, and nothing is counted. Raises what `lost_connection` recognises: then nothing
        is counted either, and the caller waits.
        """
        ends = _last_numbers(batch)
        if not any(self._hearing(numbered.message) for numbered in batch):
            self._passed.update(numbered.source for numbered in batch)
            if all(self._passed[source] < UNHEARD for source in ends):
                self._go_on(ends)
                return True
        try:
            with self.db.transaction() as tx:
                self._handle(tx, batch)
                for source, number in ends.items():
                    set_position(tx, source, number)
            self._go_on(ends)
            for source in ends:
                self._passed[source] = 0
            return True
        except Exception as error:
            if lost_connection(error):
                raise
            log.warning("batch_failed", service=self.db.name, size=len(batch), error=repr(error))
        return not whole and all(self._deliver_alone(numbered) for numbered in batch)

    def retry(self, message_id: str, reaction: str) -> bool:
        """Try a parked message again; on success it is parked no more. Raises `ReactionGone`."""
        with self.db.reading() as tx:
            row = tx.get(Attempt, (message_id, reaction))
        if row is None:
            return False
        numbered = Numbered(row.source, row.number, Message.model_validate_json(row.message))
        self._attempt(numbered, self._named(reaction, numbered.message), parked=True)
        with self.db.reading() as tx:
            return tx.get(Attempt, (message_id, reaction)) is None

    def rebuild(
        self,
        projections: Sequence[Table],
        replay: Callable[[str], Iterator[Sequence[Numbered]]],
        work: Work | None = None,
    ) -> int:
        """Empty `projections` and fill them again from the beginning of every log, in one transaction.

        `replay(source)` yields a whole log up to its present end. Reactions emit nothing meanwhile, and readers see the
        projections as they were until all is there. Messages that arrive meanwhile wait: what of them was in the log is
        known by its inbox row, so each has its effect once. Returns how many messages were read. Done as a job, it keeps
        that number as its progress, and leaves everything as it was where it was cancelled.
        """
        count = 0
        ends = dict[str, int]()
        with self.db.transaction() as tx:
            if work:
                work.hold(tx)
            tx.info["rebuilding"] = True
            # Elsewhere than on SQLite a delivery could commit between two deletions, and leave a row without its effect.
            self.db.backend.hold_table(tx, _INBOX)
            for table in (InboxRow.__table__, Attempt.__table__, *projections):
                tx.execute(table.delete())  # type: ignore[attr-defined]
            for source in self.sources():
                tx.execute(delete(Position).where(Position.source == source))
                ends[source] = 0
                for batch in replay(source):
                    self._handle(tx, batch)
                    ends[source] = max(ends[source], _last_numbers(batch).get(source, 0))
                    count += len(batch)
                set_position(tx, source, ends[source])
                tx.flush()
                tx.expunge_all()
            if work:
                work.keep(tx, count, count)
        self._positions |= ends
        return count

    def position(self, source: str) -> int:
        """Return how far the log of `source` was handled, or passed over: the highest number, if it came out of order."""
        if source not in self._positions:
            with self.db.reading() as tx:
                self._positions[source] = position_of(tx, source)
        return self._positions[source]

    def sources(self) -> tuple[str, ...]:
        """Name the services whose facts are heard."""
        return tuple(sorted({source for reaction in self.reactions for source in reaction.sources()}))

    def _hearing(self, message: Message) -> tuple[Reaction, ...]:
        if message.type not in self._heard:
            self._heard[message.type] = tuple(reaction for reaction in self.reactions if reaction.matches(message))
        return self._heard[message.type]

    def _go_on(self, ends: Mapping[str, int]) -> None:
        for source, number in ends.items():
            self._positions[source] = max(self.position(source), number)

    def _named(self, name: str, message: Message) -> Reaction:
        for reaction in self._hearing(message):
            if reaction.name == name:
                return reaction
        raise ReactionGone(reaction=name)

    def _handle(self, tx: Session, batch: Sequence[Numbered], only: Reaction | None = None) -> None:
        """Run the reactions, or `only` one, on each message that it has not handled yet, in order."""
        work = _enter(
            tx,
            [
                (numbered.message, reaction)
                for numbered in batch
                for reaction in ((only,) if only else self._hearing(numbered.message))
            ],
        )
        facts: dict[str, Any] = {message.id: message.fact() for message, _ in work}
        for reaction in dict.fromkeys(reaction for _, reaction in work):
            if reaction.ahead:
                reaction.ahead(tx, [facts[message.id] for message, each in work if each is reaction])
        for message, reaction in work:
            token = request_id.set(message.requestid)
            try:
                with nullcontext() if "rebuilding" in tx.info else react(message, self.db.name, reaction.name):
                    reaction(tx, facts[message.id], message)
                    tx.flush()
            finally:
                request_id.reset(token)

    def _deliver_alone(self, numbered: Numbered) -> bool:
        for reaction in self._hearing(numbered.message):
            if not self._attempt(numbered, reaction, parked=False):
                return False
        with self.db.transaction() as tx:
            set_position(tx, numbered.source, numbered.number)
        self._go_on({numbered.source: numbered.number})
        return True

    def _attempt(self, numbered: Numbered, reaction: Reaction, *, parked: bool) -> bool:
        """Try one reaction alone; True where the stream may go on (handled, or parked now)."""
        key = (numbered.message.id, reaction.name)
        with self.db.transaction() as tx:
            attempt = tx.get(Attempt, key, with_for_update=True)  # a rebuild may be at it, and take it away
            if attempt is not None and attempt.parked_at and not parked:
                return True
            if attempt is None:
                attempt = Attempt(
                    message_id=key[0], reaction=key[1], source=numbered.source, number=numbered.number,
                    message=numbered.message.model_dump_json(), failures=0, interruptions=0,
                )  # fmt: skip
                tx.add(attempt)
            attempt.interruptions += 1
            if attempt.interruptions >= INTERRUPTIONS:
                attempt.failures, attempt.interruptions = attempt.failures + 1, 0
        try:
            with self.db.transaction() as tx:
                self._handle(tx, [numbered], reaction)
                tx.execute(delete(Attempt).where(Attempt.message_id == key[0], Attempt.reaction == key[1]))
            return True
        except Exception as error:
            if lost_connection(error):
                self._settle_attempt(key, failures=0, error=repr(error))
                raise
            log.error(
                "reaction_failed", service=self.db.name, reaction=reaction.name, message=key[0], error=repr(error)
            )
            return self._settle_attempt(key, failures=1, error=repr(error))

    def _settle_attempt(self, key: tuple[str, str], *, failures: int, error: str) -> bool:
        with self.db.transaction() as tx:
            attempt = tx.get(Attempt, key, with_for_update=True)
            if attempt is None:  # a rebuild has handled the message meanwhile, or starts from before it
                return False
            attempt.failures += failures
            attempt.interruptions = 0
            attempt.error = error
            if attempt.failures >= TRIES and attempt.parked_at is None:
                attempt.parked_at = self.db.clock()
            return attempt.parked_at is not None


def list_parked(tx: Session) -> list[Attempt]:
    """Return the parked messages, oldest first."""
    return list(tx.scalars(select(Attempt).where(Attempt.parked_at.is_not(None)).order_by(Attempt.parked_at)))


def _enter(tx: Session, asked: Sequence[tuple[Message, Reaction]]) -> list[tuple[Message, Reaction]]:
    """Enter in the inbox what does not stand there yet; return it in its order, each once and where it first came."""
    work: dict[tuple[str, str], tuple[Message, Reaction]] = {}
    for message, reaction in asked:
        work.setdefault((message.id, reaction.name), (message, reaction))
    if work:
        ids = sorted({message_id for message_id, _ in work})
        for row in tx.execute(_HANDLED, {"ids": ids}):
            work.pop((row.message_id, row.reaction), None)
    if work:  # always in the same order, so that no two replicas wait for each other
        tx.execute(_ENTER, [{"message_id": message_id, "reaction": name} for message_id, name in sorted(work)])
    return list(work.values())


def _last_numbers(batch: Sequence[Numbered]) -> dict[str, int]:
    last: dict[str, int] = {}
    for numbered in batch:
        last[numbered.source] = max(last.get(numbered.source, 0), numbered.number)
    return last
