"""Reading a log by its numbers, which only the bus of one process can."""

from collections.abc import Sequence

from shared.bus import LocalBus
from shared.ledger import Numbered
from shared.service import Runtime


def read_log(runtime: Runtime, source: str, after: int = 0) -> Sequence[Numbered]:
    """Return the next messages of the log of `source` behind number `after`, none at its end."""
    assert isinstance(runtime.bus, LocalBus)
    return runtime.bus.read(source, after)
