"""What became of every session between two states of a programme; how it is said is in `changelog.py`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.events.releases.content import ABSENT, FIELDS, Content, changed_fields

Programme = Mapping[str, Content]
"""Sessions by id."""


class ChangeKind(StrEnum):
    """What became of a session, by what concerns its audience most."""

    ADDED = "added"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One session before and after; `None` where that side does not hold it."""

    session_id: str
    kind: ChangeKind
    old: Content | None
    new: Content | None

    def fields(self) -> tuple[str, ...]:
        """Name the fields that differ; every field where one side is missing."""
        if self.old is None or self.new is None:
            return FIELDS
        return changed_fields(self.old, self.new)

    @property
    def retimed(self) -> bool:
        """Tell whether the session stands at another time, or is another time long."""
        old, new = self.old or ABSENT, self.new or ABSENT
        return (old.starts_at(), old.ends_at(), old.zone) != (new.starts_at(), new.ends_at(), new.zone)

    @property
    def relocated(self) -> bool:
        """Tell whether the session stands at another place."""
        return (self.old or ABSENT).place != (self.new or ABSENT).place


def compare(old: Programme, new: Programme) -> list[Change]:
    """Return what differs, in order of time; what stands nowhere on either side and is equal is left out."""
    found = []
    for session_id in old.keys() | new.keys():
        before, after = old.get(session_id), new.get(session_id)
        if before != after:
            found.append(Change(session_id, _kind(before or ABSENT, after or ABSENT), before, after))
    return sorted(found, key=_order)


def _kind(old: Content, new: Content) -> ChangeKind:
    if new.stands and not old.stands:
        return ChangeKind.ADDED
    if old.stands and not new.stands:
        return ChangeKind.CANCELLED
    change = Change("", ChangeKind.MOVED, old, new)
    return ChangeKind.MOVED if change.retimed or change.relocated else ChangeKind.CHANGED


def _order(change: Change) -> tuple[str, str]:
    shown = change.new if change.new and change.new.start_local else change.old
    start = shown.starts_at() if shown else None
    return start.isoformat() if start else "", change.session_id


def counts_of(changes: Iterable[Change]) -> dict[str, int]:
    """Count changes by kind, those included of which there are none."""
    found = Counter(change.kind for change in changes)
    return {kind.value: found[kind] for kind in ChangeKind}
