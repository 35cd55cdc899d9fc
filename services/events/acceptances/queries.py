"""Reads of a draft's conflicts: every one of them, and those that forbid a release."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.acceptances.models import AcceptedConflict
from services.events.acceptances.schemas import ConflictsOut, JudgedOut, KindOut
from services.events.editions.models import Edition
from services.events.schedule.conflicts import find_conflicts
from services.events.schedule.queries.draft import get_schedule
from services.events.schedule.queries.field import field_of, names_of
from services.events.schedule.rules import Acceptance, Conflict, Kind, Level, blocking
from services.events.schedule.schemas import ConflictOut


def list_accepted(tx: Session, edition_id: str) -> dict[str, AcceptedConflict]:
    """Return the accepted conflicts of an edition by key, those included that are not there any more."""
    rows = select(AcceptedConflict).where(AcceptedConflict.edition_id == edition_id).order_by(AcceptedConflict.id)
    return {row.key: row for row in tx.scalars(rows)}


def list_conflicts(tx: Session, edition: Edition) -> list[Conflict]:
    """Return every conflict of a draft, gravest first."""
    field = field_of(tx, edition, get_schedule(tx, edition.id))
    return find_conflicts(field.placements.values(), field.setting)


def list_blocking(tx: Session, edition: Edition) -> list[ConflictOut]:
    """Return, told in words, the conflicts that forbid a release."""
    accepted = list_accepted(tx, edition.id).values()
    acceptances = [Acceptance(each.key, each.reason, each.accepted_by) for each in accepted]
    found = blocking(list_conflicts(tx, edition), acceptances)
    names = names_of(tx, found)
    return [ConflictOut.of(conflict, names) for conflict in found]


def get_conflicts(tx: Session, edition: Edition) -> ConflictsOut:
    """Return every conflict of a draft by kind, gravest first."""
    found = list_conflicts(tx, edition)
    names, accepted = names_of(tx, found), list_accepted(tx, edition.id)
    kinds: dict[tuple[Kind, Level], list[JudgedOut]] = defaultdict(list)
    for conflict in found:
        by = accepted.get(conflict.key)
        judged = JudgedOut.of(
            conflict,
            names,
            acceptance_id=by.id if by else None,
            reason=by.reason if by else "",
            accepted_by=by.accepted_by if by else "",
        )
        kinds[conflict.kind, conflict.level].append(judged)
    return ConflictsOut(
        count=len(found),
        blocking=sum(conflict.level is Level.BLOCK and conflict.key not in accepted for conflict in found),
        kinds=[KindOut(kind=kind, level=level, count=len(of), conflicts=of) for (kind, level), of in kinds.items()],
    )
