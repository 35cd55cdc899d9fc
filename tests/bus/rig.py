"""A service that tells, services that hear, and the bus between them, on either bus."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from kafka import KafkaAdminClient
from sqlalchemy import Integer, String, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from huitang.local_kafka import LocalKafka
from shared import migrate, revisions
from shared.bus import Bus, LocalBus
from shared.db import Database, SharedBase
from shared.inbox import Deliverer, reactions
from shared.kafka import KafkaBus, make_topics
from shared.ledger import Numbered, emit
from shared.message import Fact
from shared.reading import topic_of
from shared.relay import Relay
from tests.databases import url_of


class Told(Fact, type="bus.thing.told.v1", subject="thing"):
    """A thing was told of, for the `turn`-th time."""

    thing: str
    turn: int


class Base(DeclarativeBase):
    """The tables of who hears."""


class Heard(Base):
    """A fact that was heard, in the order of hearing."""

    __tablename__ = "heard"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    thing: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int] = mapped_column(Integer)


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another thread brings about; raise `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        time.sleep(0.02)


HEARD = Base.metadata.tables["heard"]


def make_database(name: str, folder: Path) -> Database:
    """Make a database with the tables of the platform and of who hears."""
    folder.mkdir(exist_ok=True)
    return Database(name, url_of(folder, name, _make_tables))


def _make_tables(db: Database) -> None:
    migrate.upgrade_layer(db, "shared", revisions.HERE / "versions", SharedBase.metadata)
    Base.metadata.create_all(db.engine)


class Teller:
    """A service that publishes what it tells."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self.name = db.name
        self.db = db
        self.relay = Relay(db, bus)
        self.told: dict[str, list[int]] = defaultdict(list)

    def write(self, *things: str) -> None:
        """Tell of things in one transaction, each with its next turn; it is not yet published."""
        with self.db.transaction() as tx:
            for thing in things:
                self.told[thing].append(len(self.told[thing]) + 1)
                emit(tx, Told(thing=thing, turn=self.told[thing][-1]))

    def tell(self, *things: str) -> None:
        """Tell of things and publish."""
        self.write(*things)
        self.relay.drain()


class Hearer:
    """A service that writes down what it hears, through a real inbox. `fails` is asked before each reaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.deliverer = Deliverer(db, reactions(self.on_told))
        self.fails: Callable[[Told], bool] = lambda fact: False
        self.away = False
        self.took = 0

    def on_told(self, tx: Session, fact: Told) -> None:
        """Write down what was heard."""
        if self.fails(fact):
            raise ValueError("cannot be heard now")
        tx.add(Heard(thing=fact.thing, turn=fact.turn))

    def handle(self, batch: Sequence[Numbered], *, whole: bool = False) -> bool:
        """Deliver a batch, and count it; while `away`, fail as one fails whose database cannot be reached."""
        if self.away:
            with Database("nowhere", f"sqlite:///{self.db.url.database}/nowhere.db").reading() as tx:
                tx.execute(text("select 1"))
        self.took += len(batch)
        return self.deliverer.deliver(batch, whole=whole)

    def heard(self) -> dict[str, list[int]]:
        """Return the turns that were heard of each thing, in the order of hearing."""
        turns: dict[str, list[int]] = defaultdict(list)
        with self.db.reading() as tx:
            for row in tx.scalars(select(Heard).order_by(Heard.id)):
                turns[row.thing].append(row.turn)
        return turns

    def listen_to(self, bus: Bus, *tellers: Teller) -> None:
        """Subscribe to what `tellers` publish."""
        bus.subscribe(self.db.name, [each.name for each in tellers], self.deliverer.position, self.handle)


class Reader:
    """A subscriber without a database, which keeps everything that came, repetitions too."""

    def __init__(self, takes: Callable[[Told], bool] = lambda fact: True) -> None:
        self.came: list[Numbered] = []
        self.takes = takes
        self.refused = 0
        self._lock = threading.Lock()

    def handle(self, batch: Sequence[Numbered], *, whole: bool = False) -> bool:
        """Take messages up to the first that is refused; none at all where they are to be taken whole."""
        with self._lock:
            takes = [self.takes(Told.model_validate(numbered.message.data)) for numbered in batch]
            if whole and not all(takes):
                return False
            for numbered, taken in zip(batch, takes, strict=True):
                if not taken:
                    self.refused += 1
                    return False
                self.came.append(numbered)
            return True

    def position(self, source: str) -> int:
        """Return the number of the last message taken."""
        with self._lock:
            return max((each.number for each in self.came if each.source == source), default=0)

    def turns(self) -> dict[str, list[int]]:
        """Return the turns taken of each thing, in their order."""
        return by_thing(self.came)


def by_thing(messages: Sequence[Numbered]) -> dict[str, list[int]]:
    """Return the turns of each thing, in the order of the messages."""
    turns: dict[str, list[int]] = defaultdict(list)
    for numbered in messages:
        turns[numbered.message.subject].append(numbered.message.data["turn"])
    return turns


class Hall:
    """A bus, and who tells and hears on it; on Kafka with topics of its own."""

    def __init__(self, folder: Path, broker: LocalKafka | None) -> None:
        self.folder = folder
        self.mark = uuid4().hex[:8]
        self.broker = broker
        self.tellers: dict[str, Teller] = {}
        self.hearers: dict[str, Hearer] = {}
        self._buses: list[Bus] = []
        self._names = [f"{name}{self.mark}" for name in ("first", "second")]
        if broker:
            make_topics(broker.brokers, self._names)
        self.bus = self.another_bus()
        self.first, self.second = (self._teller(name) for name in self._names)

    def another_bus(self) -> Bus:
        """Make the bus that another process would have; there is but one `LocalBus`."""
        if self.broker:
            self._buses.append(KafkaBus(self.broker.brokers, self._names))
        elif not self._buses:
            self._buses.append(LocalBus())
        return self._buses[-1]

    def hearer(self, name: str = "hearer") -> Hearer:
        """Make a service that hears, or another replica of the one of this name, on the same database."""
        if name not in self.hearers:
            self.hearers[name] = Hearer(make_database(f"{name}{self.mark}", self.folder))
            return self.hearers[name]
        return Hearer(self.hearers[name].db)

    def close(self) -> None:
        """End everything."""
        for teller in self.tellers.values():
            teller.relay.stop()
        for bus in self._buses:
            bus.close()
        for db in [*(each.db for each in self.tellers.values()), *(each.db for each in self.hearers.values())]:
            db.close()
        if self.broker:  # the more partitions a broker has, the longer it is away after a stop
            with closing(KafkaAdminClient(bootstrap_servers=list(self.broker.brokers))) as admin:
                admin.delete_topics([topic_of(name) for name in self._names])

    def _teller(self, name: str) -> Teller:
        db = make_database(name, self.folder)
        if isinstance(self.bus, LocalBus):
            self.bus.attach(db)
        self.tellers[name] = Teller(db, self.bus)
        return self.tellers[name]


@contextmanager
def halls(folder: Path, broker: LocalKafka | None) -> Iterator[Hall]:
    """Make a hall for the time of a block."""
    hall = Hall(folder, broker)
    try:
        yield hall
    finally:
        hall.close()
