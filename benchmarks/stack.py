"""Kafka and PostgreSQL for a measure, with the properties that `deploy/` gives them; or what is missing to run them here."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.__main__ import Row
from huitang import local_kafka
from huitang.house import SERVICES
from huitang.local_postgres import LocalPostgres, find_programs
from huitang.machines import server_options
from shared import migrate
from shared.db import Database
from shared.kafka import KafkaBus, make_topics

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
JARS = local_kafka.jars_folder(ROOT / ".data")


def postgres_lacking() -> str:
    """Say what this machine lacks to run PostgreSQL; an empty string where it lacks nothing."""
    return "" if find_programs() else "needs PostgreSQL (Debian: apt-get install postgresql)"


def lacking() -> str:
    """Say what this machine lacks to run both; an empty string where it lacks nothing."""
    return postgres_lacking() or local_kafka.lacking(JARS)


def row(name: str, value: float | None, unit: str, limit: str = "", holds: bool | None = None, peer: str = "") -> Row:
    """Make a row of the table."""
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def not_here(name: str, missing: str) -> list[Row]:
    """Make the one row of a measure that cannot be taken on this machine."""
    return [row(name, None, "", peer=f"not measured: {missing}")]


@contextmanager
def postgres(folder: Path) -> Iterator[LocalPostgres]:
    """Run a database server that writes through to the disk."""
    server = LocalPostgres(folder / "postgres", options=server_options(DEPLOY / "postgresql.conf"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Stack:
    """A broker and a database server; services' databases and topics are made in them."""

    brokers: tuple[str, ...]
    server: LocalPostgres

    def database(self, name: str) -> Database:
        """Open the database of a service, its tables made."""
        service = next(each for each in SERVICES if each.name == name)
        db = Database(name, self.server.url(f"huitang_{name}"))
        db.address = "https://huitang.example"
        db.backend.make()
        migrate.upgrade(db, service.name, service.migrations, service.metadata)
        return db

    def bus(self) -> KafkaBus:
        """Open a connection to the bus, the topics made."""
        names = [service.name for service in SERVICES]
        make_topics(self.brokers, names)
        return KafkaBus(self.brokers, names)


@contextmanager
def stack() -> Iterator[Stack]:
    """Run both for the time of a block."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o711)  # where root runs this, the server's own account has to find its folder
        broker = local_kafka.LocalKafka(
            folder / "kafka", local_kafka.fetch_jars(JARS), properties=DEPLOY / "kafka.properties"
        )
        with postgres(folder) as server:
            broker.start()
            try:
                yield Stack(broker.brokers, server)
            finally:
                broker.stop()
