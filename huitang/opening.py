"""The database of a service and the bus, as the settings say where they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import make_url

from huitang.loading import loaded
from huitang.services import NAMES
from shared.bus import Bus, LocalBus
from shared.db import Clock, Database, utc_now
from shared.settings import Settings


def open_database(settings: Settings, service: str, clock: Clock = utc_now) -> Database:
    """Open the database of a service."""
    url = make_url(settings.database_url(service))
    if settings.database and settings.database_password_file:
        url = url.set(password=settings.database_password_file.read_text(encoding="utf-8").strip())
    return Database(service, url, clock=clock)


def open_bus(settings: Settings, databases: Sequence[Database]) -> Bus:
    """Open the bus: Kafka where brokers are named, else that of this process, which reads the outboxes of `databases`."""
    if settings.kafka:
        remote: Bus = _kafka().KafkaBus(settings.kafka, NAMES)
        return remote
    bus = LocalBus()
    for db in databases:
        bus.attach(db)
    return bus


def make_topics(settings: Settings, names: Sequence[str] = NAMES) -> None:
    """Make the topics of services where there are brokers and they are missing."""
    if settings.kafka:
        _kafka().make_topics(settings.kafka, names)


def _kafka() -> Any:
    """Return what speaks to brokers, loaded only where there are any."""
    return loaded("shared.kafka")
