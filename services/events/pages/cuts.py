"""How a list of sessions is cut: by time, into parts that fit on a page; and which of them clash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.events.pages.shown import Shown

SOON_READ = 24
"""Times of a day that need no index."""

Slot = tuple[datetime, Sequence[Shown]]
"""Sessions that begin at the same wall time."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day that fits on one page, by number from 1."""

    number: int
    first: datetime
    last: datetime
    sessions: tuple[Shown, ...]


def slots(sessions: Iterable[Shown]) -> list[Slot]:
    """Put together what begins at the same time."""
    found: dict[datetime, list[Shown]] = {}
    for session in sessions:
        found.setdefault(session.start, []).append(session)
    return list(found.items())


def stretches(sessions: Sequence[Shown], most: int) -> list[Stretch]:
    """Divide a day into parts of like size and at most `most` sessions, cut where the time changes if possible."""
    wanted = -(-len(sessions) // (-(-len(sessions) // most) or 1))
    parts: list[list[Shown]] = []
    for _, together in slots(sessions):
        for begin in range(0, len(together), most):
            piece = together[begin : begin + most]
            if parts and len(parts[-1]) + len(piece) <= most and len(parts[-1]) < wanted:
                parts[-1].extend(piece)
            else:
                parts.append(list(piece))
    return [Stretch(n, part[0].start, part[-1].start, tuple(part)) for n, part in enumerate(parts, 1)]


def hours(sessions: Iterable[Shown]) -> list[datetime]:
    """Return the first time within each hour at which something begins, to jump to; nothing where all is soon read."""
    starts = [start for start, _ in slots(sessions)]
    firsts = {start.replace(minute=0): start for start in reversed(starts)}
    return sorted(firsts.values()) if len(starts) > SOON_READ else []


def clashes(sessions: Sequence[Shown]) -> Mapping[str, Shown]:
    """Return, for each session that begins while another of them goes on, that other one."""
    found: dict[str, Shown] = {}
    last: Shown | None = None
    for session in sessions:
        begins, ends = session.content.starts_at(), session.content.ends_at()
        if not session.content.stands or begins is None or ends is None:
            continue
        until = last.content.ends_at() if last else None
        nested = last is not None and session.content.parent_id == last.id
        if last and until and begins < until and not nested:
            found[session.id] = last
        if until is None or ends > until:
            last = session
    return found
