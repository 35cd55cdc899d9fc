"""Reading a log as a rebuild does, on whatever bus."""

from shared.ledger import Numbered
from shared.service import Runtime


def read_log(runtime: Runtime, source: str, after: int = 0) -> list[Numbered]:
    """Return the messages of the log of `source` behind number `after`, none at its end."""
    return [each for batch in runtime.bus.replay(source) for each in batch if each.number > after]
