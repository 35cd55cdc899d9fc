"""How a service stands with what it has yet to send, to read and to mend; for its health, and in numbers for Prometheus."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.bus import Health
from shared.inbox import Attempt
from shared.ledger import OutboxRow


@dataclass(frozen=True)
class Standing(Collector):
    """`parked` messages wait for a mended cause, `unsent` facts for the relay, the oldest since `unsent_since`."""

    service: str
    parked: int
    unsent: int
    unsent_since: datetime | None
    health: Health
    now: datetime

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the numbers; the age is that of the oldest fact that is not known to be published, in seconds."""
        age = (self.now - self.unsent_since).total_seconds() if self.unsent_since else 0.0
        told = (
            ("huitang_outbox_unpublished", "Facts that wait to be published.", self.unsent),
            ("huitang_outbox_oldest_seconds", "Age of the oldest of them; 0 where none waits.", max(age, 0.0)),
            ("huitang_parked", "Messages that a reaction could not handle.", self.parked),
            ("huitang_bus_up", "Whether the bus answered lately.", float(self.health.answers)),
        )
        for name, words, value in told:
            family = GaugeMetricFamily(name, words, labels=("service",))
            family.add_metric((self.service,), value)
            yield family
        lag = GaugeMetricFamily("huitang_lag", "Messages of a source yet to be read.", labels=("service", "source"))
        for source, behind in sorted(self.health.lag.items()):
            lag.add_metric((self.service, source), behind)
        yield lag

    def text(self) -> bytes:
        """Return the numbers in Prometheus' text format."""
        return generate_latest(self)


def standing_of(tx: Session, service: str, published: int, health: Health) -> Standing:
    """Ask how a service stands, whose facts up to number `published` are out."""
    parked = select(func.count()).select_from(Attempt).where(Attempt.parked_at.is_not(None))
    unsent, since = tx.execute(
        select(func.count(), func.min(OutboxRow.created_at)).where(
            or_(OutboxRow.number.is_(None), OutboxRow.number > published)
        )
    ).one()
    return Standing(service, tx.scalar(parked) or 0, unsent, since, health, tx.info["clock"]())
