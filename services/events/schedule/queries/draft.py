"""Reads of the draft schedule: what stands where, its settings and locks, and who may change it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_behind, get_edition
from services.events.programme.models import ProgrammeSession
from services.events.schedule import rules
from services.events.schedule.models import Placement, Schedule
from services.events.schedule.moves import Placeable, Standing
from services.events.schedule.schemas import LockOut, PlacedOut, RoomOut, ScheduleOut, SettingsOut, TrayOut
from services.events.schedule.setting import (
    Dated,
    Kept,
    Minded,
    day_of,
    days_between,
)
from services.events.venues.models import EditionRoom
from services.events.venues.queries import rooms_of
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.text import Text
from shared.tree import Node, path_of

CANCELLED = "cancelled"
Drafted = Edition | Dated
"""An edition, whole or as far as its schedule goes by it."""

Seat = tuple[Placeable, Standing | None]
"""A session, and where it stands."""

S, P, E = ProgrammeSession.__table__.c, Placement.__table__.c, Edition.__table__.c


def get_draft(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition, named by its id or slug, whose schedule the caller may edit; raise `NotFound` or `Forbidden`."""
    edition = tx.get(Edition, ref) or get_edition(tx, caller, ref)
    _may_schedule(tx, caller, edition, None, get_edition)
    return edition


def _may_schedule(
    tx: Session, caller: Caller, edition: Drafted, path: str | None, get: Callable[[Session, Caller, str], Edition]
) -> None:
    """Raise `Forbidden`, or what `get` raises for those who may not even see the thing and so learn nothing."""
    try:
        known = tuple(path.strip("/").split("/")) if path else path_of(tx, edition.owner_id)
        rules.may_schedule(caller, known, edition.id)
    except Forbidden:
        get(tx, caller, edition.id)
        raise


_PLACEABLE = [S[field.name] for field in fields(Placeable) if field.name != "title"]
_STANDING_AT, _DATED = [P[field.name] for field in fields(Standing)], [E[field.name] for field in fields(Dated)]
_SEAT_WIDTH, _SEAT_PARTS = 2 + len(_PLACEABLE) + len(_STANDING_AT), 2 + len(_PLACEABLE)
SEATED = ProgrammeSession.__table__.outerjoin(Placement.__table__, P.session_id == S.id)
_SEATS: Select[Any] = select(S.title_zh, S.title_en, *_PLACEABLE, *_STANDING_AT)
_SEATS_BY_ID = _SEATS.select_from(SEATED).where(S.id.in_(bindparam("ids", expanding=True)))
_SEATS_IN_ROOM = (
    _SEATS.select_from(SEATED)
    .where(P.edition_id == bindparam("edition"), P.room_id == bindparam("room"), P.start_local >= bindparam("since"))
    .order_by(P.starts_at, P.session_id)
)
_SEAT_IN_DRAFT: Select[Any] = (
    _SEATS.add_columns(*_DATED, Node.__table__.c.path)
    .select_from(
        SEATED.join(Edition.__table__, E.id == S.edition_id).outerjoin(
            Node.__table__, Node.__table__.c.id == E.owner_id
        )
    )
    .where(S.id == bindparam("session"))
)


def _seat(values: Sequence[Any]) -> Seat:
    zh, en, *own = values[:_SEAT_PARTS]
    placed = values[_SEAT_PARTS:_SEAT_WIDTH]
    return Placeable(Text(zh, en), *own), Standing(*placed) if placed[0] else None


def get_session(tx: Session, caller: Caller, session_id: str) -> tuple[Dated, Placeable, Standing | None]:
    """Return a session of a draft that the caller may edit, and where it stands; raise `NotFound` or `Forbidden`."""
    found = tx.execute(_SEAT_IN_DRAFT, {"session": session_id}).first()
    if found is None:
        raise NotFound()
    values = tuple(found)
    edition = Dated(*values[_SEAT_WIDTH:-1])
    _may_schedule(tx, caller, edition, values[-1], get_behind)
    return edition, *_seat(values)


def find_sessions(tx: Session, edition_id: str, ids: Collection[str]) -> dict[str, Seat]:
    """Return those of the sessions named that are of this edition, each with where it stands."""
    found = [_seat(row) for row in tx.execute(_SEATS_BY_ID, {"ids": ids})]
    return {session.id: (session, placement) for session, placement in found if session.edition_id == edition_id}


def list_in_room(tx: Session, edition_id: str, room_id: str, since: datetime) -> list[tuple[Placeable, Standing]]:
    """Return what an edition has in a room from a wall time on."""
    found = [_seat(row) for row in tx.execute(_SEATS_IN_ROOM, {"edition": edition_id, "room": room_id, "since": since})]
    return [(session, placement) for session, placement in found if placement is not None]


_KEPT: Select[Any] = select(*(Schedule.__table__.c[field.name] for field in fields(Kept))).where(
    Schedule.__table__.c.edition_id == bindparam("edition")
)


def get_schedule(tx: Session, edition_id: str) -> Kept:
    """Return what an edition keeps of its schedule; the defaults where it has set and placed nothing yet."""
    found = tx.execute(_KEPT, {"edition": edition_id}).first()
    return Kept(*found) if found else Kept()


def minded(schedule: Kept) -> Minded:
    """Return an edition's settings as conflicts are found by them."""
    kept = schedule.settings
    return Minded(
        levels={rules.Kind(kind): rules.Level(level) for kind, level in kept.get("levels", {}).items()},
        never_parallel=frozenset(kept.get("never_parallel", ())),
        equipment=kept.get("equipment", {}),
        interpreters=kept.get("interpreters", {}),
    )


def settings_of(schedule: Kept) -> SettingsOut:
    """Return what an edition minds, every kind of conflict with its level."""
    return SettingsOut(
        version=schedule.version,
        levels={**rules.DEFAULT_LEVELS, **minded(schedule).levels},
        never_parallel=schedule.settings.get("never_parallel", []),
        equipment=schedule.settings.get("equipment", {}),
        interpreters=schedule.settings.get("interpreters", {}),
    )


def locks_of(schedule: Kept) -> list[LockOut]:
    """Return the locked rooms and days of an edition, oldest first."""
    return [LockOut.model_validate(lock) for lock in schedule.locks]


def list_placements(tx: Session, edition_id: str) -> list[PlacedOut]:
    """Return what stands on an edition's schedule, in order of time, by title."""
    rows = (
        select(*Placement.__table__.c, ProgrammeSession.title)
        .join_from(Placement, ProgrammeSession, ProgrammeSession.id == Placement.session_id)
        .where(Placement.edition_id == edition_id)
        .order_by(Placement.starts_at, Placement.session_id)
    )
    return [PlacedOut.model_validate(row) for row in tx.execute(rows)]


def list_tray(tx: Session, edition_id: str) -> list[TrayOut]:
    """Return the sessions that stand nowhere, in the order of the programme."""
    rows = (
        select(ProgrammeSession.id.label("session_id"), ProgrammeSession.title, ProgrammeSession.duration_minutes)
        .outerjoin(Placement, Placement.session_id == ProgrammeSession.id)
        .where(
            ProgrammeSession.edition_id == edition_id,
            ProgrammeSession.status != CANCELLED,
            Placement.session_id.is_(None),
        )
        .order_by(ProgrammeSession.position, ProgrammeSession.id)
    )
    return [TrayOut.model_validate(row) for row in tx.execute(rows)]


def rooms_used(tx: Session, edition_id: str, ids: Collection[str]) -> set[str]:
    """Return those of the rooms named that an edition uses."""
    rows = select(EditionRoom.room_id).where(EditionRoom.edition_id == edition_id, EditionRoom.room_id.in_(ids))
    return set(tx.scalars(rows)) if ids else set()


def get_whole_draft(tx: Session, edition: Edition) -> ScheduleOut:
    """Return everything that stands on an edition's schedule, and what does not yet."""
    schedule, placements = get_schedule(tx, edition.id), list_placements(tx, edition.id)
    days = {day_of(placement.start_local, edition.day_change) for placement in placements}
    if edition.starts_on and edition.ends_on and edition.date_precision == "day":
        days.update(days_between(edition.starts_on, edition.ends_on))
    return ScheduleOut(
        edition_id=edition.id,
        zone=edition.zone,
        number=schedule.number,
        settings=settings_of(schedule),
        days=sorted(days),
        rooms=[RoomOut.model_validate(room) for room in rooms_of(tx, edition)],
        placements=placements,
        tray=list_tray(tx, edition.id),
        locks=locks_of(schedule),
    )
