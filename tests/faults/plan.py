"""What is broken, in which order: the same for the same seed."""

from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Literal

TARGETS = ("relay", "events", "calendar", "gateway", "broker", "database")
Kind = Literal["kill", "freeze"]


@dataclass(frozen=True)
class Fault:
    """`seconds` is how long the target stands still, or a killed broker or server is away; `before` the pause before it."""

    kind: Kind
    target: str
    seconds: float
    before: float


@dataclass(frozen=True)
class Done:
    """A fault that was done: seconds after the beginning of the load, to which part, and whether in mid-transaction."""

    at: float
    kind: Kind
    target: str
    part: str
    seconds: float
    in_transaction: bool

    def told(self) -> dict[str, Any]:
        """Return it for the report."""
        return asdict(self)


@dataclass(frozen=True)
class Size:
    """How much is broken: so many kills and freezes of each target, for how long, with which pauses.

    The load lasts until all of it is done, `load_seconds` are over and `least` changes are acknowledged.
    """

    each: int
    freeze: tuple[float, float]
    away: tuple[float, float] = (0.0, 1.0)
    before: tuple[float, float] = (0.2, 1.0)
    load_seconds: float = 0.0
    least: int = 0
    writers: int = 6


SHORT = Size(each=1, freeze=(1.0, 1.5))


def long_size(minutes: float) -> Size:
    """Return a size for so many minutes of load: as many faults as fit, at least three of each kind for each target."""
    seconds = minutes * 60
    each = max(3, int(seconds / 100))
    pause = max(1.0, 2 * seconds / (12 * each) - 6)  # about half of the time is left between faults
    return Size(
        each, freeze=(1.0, 8.0), away=(0.0, 4.0), before=(0.5, pause), load_seconds=seconds,
        least=int(400 * minutes), writers=8,
    )  # fmt: skip


def plan_of(seed: int, size: Size) -> list[Fault]:
    """Return the faults: every target as often as the size says, in an order that the seed decides."""
    random = Random(f"plan {seed}")
    kinds: tuple[Kind, ...] = ("kill", "freeze")
    pairs = [(kind, target) for kind in kinds for target in TARGETS for _ in range(size.each)]
    random.shuffle(pairs)
    lasting = {"kill": size.away, "freeze": size.freeze}
    return [
        Fault(kind, target, round(random.uniform(*lasting[kind]), 2), round(random.uniform(*size.before), 2))
        for kind, target in pairs
    ]
