"""Sweep the placements that take one thing, in order of start; what it means that two of them meet is not known here."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter, itemgetter

from services.events.schedule.rules import Placement, Resource

_by_start = attrgetter("start")


class Lane:
    """The placements that take one thing, in order of start."""

    __slots__ = ("longest", "placements")

    def __init__(self) -> None:
        self.placements: list[Placement] = []
        self.longest = 0

    def add(self, placement: Placement) -> None:
        """Put a placement in its place; cheapest in order of start."""
        self.longest = max(self.longest, placement.end - placement.start)
        insort(self.placements, placement, key=_by_start)

    def drop(self, placement: Placement) -> None:
        """Take out a placement that is here."""
        del self.placements[
            self.placements.index(placement, bisect_left(self.placements, placement.start, key=_by_start))
        ]

    def near(self, placement: Placement, reach: int) -> Iterator[Placement]:
        """Yield what overlaps a placement, or is less than `reach` seconds from it."""
        since, until = placement.start - reach, placement.end + reach
        for place in range(bisect_left(self.placements, since - self.longest, key=_by_start), len(self.placements)):
            other = self.placements[place]
            if other.start >= until:
                return
            if other.end > since:
                yield other

    def pairs(self, reach: int) -> Iterator[tuple[Placement, Placement]]:
        """Yield every two placements that overlap or are less than `reach` seconds apart."""
        going: list[Placement] = []
        for placement in self.placements:
            going = [other for other in going if other.end + reach > placement.start]
            for other in going:
                yield other, placement
            going.append(placement)


def overbooked(resource: Resource, placements: Iterable[Placement]) -> Iterator[tuple[int, int, int, set[str]]]:
    """Yield (since, until, peak, sessions) of each overbooked stretch.

    A talk draws on what its session has booked: together they need the greater of the two.
    """
    changes = [
        (moment, placement, sign * amount)
        for placement in placements
        if placement.start < placement.end
        and (amount := sum(number for id_, number in placement.needs if id_ == resource.id)) > 0
        for moment, sign in ((placement.start, 1), (placement.end, -1))
    ]
    families: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    going: set[str] = set()
    involved: set[str] = set()
    needed = since = peak = 0
    for moment, at_once in groupby(sorted(changes, key=itemgetter(0)), key=itemgetter(0)):
        started = set()
        for _, placement, amount in at_once:
            family = families[placement.parent_id or placement.session_id]
            needed -= max(family)
            family[placement.parent_id is not None] += amount
            needed += max(family)
            if amount > 0:
                started.add(placement.session_id)
            else:
                going.discard(placement.session_id)
        going |= started
        if needed > resource.total:
            if not involved:
                since, peak, involved = moment, 0, set(going)
            involved |= started
            peak = max(peak, needed)
        elif involved:
            yield since, moment, peak, involved
            involved = set()
