"""Every test of a bus runs on both, and on both databases: `hall` is one on `LocalBus`, and one on Kafka."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from huitang.local_kafka import LocalKafka
from tests.bus.rig import Hall, halls


@pytest.fixture(params=["local", pytest.param("kafka", marks=pytest.mark.kafka)])
def hall(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Hall]:
    """Return a hall on each bus in turn."""
    broker = request.getfixturevalue("kafka") if request.param == "kafka" else None
    with halls(tmp_path, broker) as made:
        yield made


@pytest.fixture
def on_kafka(database: str, kafka: LocalKafka, tmp_path: Path) -> Iterator[Hall]:
    """Return a hall on Kafka, for tests marked `kafka`; its broker runs, whatever the test before did."""
    if kafka.pid is None:
        kafka.start()
    with halls(tmp_path, kafka) as made:
        yield made
