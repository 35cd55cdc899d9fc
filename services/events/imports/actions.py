"""Bring a programme in from a file, and take it back: one transaction each, the same code for a dry run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.editions.actions import open_edition
from services.events.editions.models import Edition
from services.events.editions.schemas import EditionIn
from services.events.exchange import own_json
from services.events.exchange.actions import Draft, was_released
from services.events.exchange.formats import READERS, detect
from services.events.exchange.merge import PARTS, Merge, Take, merge
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from services.events.exchange.queries import draft_programme
from services.events.exchange.rules import check_size, refuse, take_slug
from services.events.imports.models import Import
from services.events.imports.queries import last_import, later_import
from services.events.imports.rules import AlreadyReleased, AlreadyUndone, NoOrganisation, NotTheLatest
from services.events.schedule.conflicts import find_conflicts
from services.events.schedule.queries.draft import get_schedule
from services.events.schedule.queries.field import field_of
from services.events.schedule.rules import Kind
from services.events.series.actions import open_series
from services.events.series.models import Series
from services.events.series.queries import get_series
from services.events.series.rules import SeriesKind
from services.events.series.schemas import SeriesIn
from shared.audit import record
from shared.caller import Caller
from shared.db import hold
from shared.files import FileStore
from shared.ledger import emit
from shared.messages.events import DraftChanged
from shared.text import Text, slug_of
from shared.times import PlannedTime


@dataclass(frozen=True)
class File:
    """A programme file as it came, and what it says."""

    data: bytes
    name: str
    format: str
    says: ProgrammeFile


def read_file(data: bytes, name: str, form: str, options: ReadOptions) -> File:
    """Read a file in the format named, or in the one it is found to be in; raise `Problems`."""
    check_size(data)
    form = form or detect(name, data)
    if form not in READERS:
        refuse("unknown_format", found=form)
    return File(data, name, form, READERS[form](data, options))


def make_edition(tx: Session, caller: Caller, slug: str, series_ref: str | None, says: ProgrammeFile) -> Edition:
    """Open an edition for a file, in the series named, or in a new one of the file's title.

    The new series belongs to the caller's organisation. Raises what opening them raises.
    """
    name = says.title or Text(slug, slug)
    if series_ref:
        series = get_series(tx, series_ref)
    elif caller.organisation is None:
        raise NoOrganisation()
    else:
        wanted = slug_of(name.en or slug)
        taken = set(tx.scalars(select(Series.slug).where(Series.slug.startswith(wanted[:70]))))
        body = SeriesIn(slug=take_slug(wanted, taken), name=name, kind=SeriesKind.OTHER, owner_id=caller.organisation)
        series = open_series(tx, caller, body)
    body_ = EditionIn(
        slug=slug, series_id=series.id, name=name, zone=says.zone, language=says.language,
        starts_on=says.start_on, ends_on=says.end_on,
    )  # fmt: skip
    return open_edition(tx, caller, body_)


@dataclass(frozen=True)
class Imported:
    """What an import did or would do; `row` only where it was applied."""

    edition: Edition
    found: Merge
    conflicts: dict[str, int]
    row: Import | None = None


def import_programme(
    tx: Session, caller: Caller, edition: Edition, file: File, files: FileStore, now: datetime, take: Take | None,
    *, dry: bool = False,
) -> Imported:  # fmt: skip
    """Apply `file` to the draft; not where both sides changed something and nobody chose. Raises `LockedSessions`.

    A `dry` one applies it in a transaction that the caller takes back, and keeps nothing.
    """
    hold(tx, edition)
    before = draft_programme(tx, edition)
    last = last_import(tx, edition.id)
    said = _in_zone_of(edition, file.says)
    known = _read(files, last.said) if last else None
    found = merge(known, said if last else _courteous(said, before), before, take)
    cancel = take == "file"
    if known and not cancel:
        said = _with_proposals(said, known, found)
    if last and said == known:  # the same file again: nothing that could be taken back
        return Imported(edition, found, count_conflicts(tx, edition), last)
    if found.both_changed and take is None:
        return Imported(edition, found, count_conflicts(tx, edition))
    draft = Draft(tx, caller, edition, now)
    draft.write(found, cancel=cancel)
    if dry:
        return Imported(edition, found, count_conflicts(tx, edition))
    row = Import(
        edition_id=edition.id,
        format=file.format,
        filename=file.name[-255:],
        file=files.put(file.data),
        said=files.put(own_json.write(said)),
        before=files.put(own_json.write(before)),
        after=files.put(own_json.write(draft_programme(tx, edition))),
        made=draft.made,
        counts=counts(found),
        made_by=caller.account_id,
        made_at=now,
    )
    tx.add(row)
    tx.flush()
    record(tx, caller, "programme.imported", edition.id, import_id=row.id, format=file.format, counts=row.counts)
    _tell(tx, caller, row)
    return Imported(edition, found, count_conflicts(tx, edition), row)


def undo_import(
    tx: Session, caller: Caller, row: Import, edition: Edition, files: FileStore, now: datetime
) -> Imported:
    """Take an import back: what it made goes, what it changed is as before, what was edited since stays.

    Raises `AlreadyUndone`, `NotTheLatest` or `AlreadyReleased`.
    """
    hold(tx, edition)
    hold(tx, row)
    if row.undone_at:
        raise AlreadyUndone()
    if later := later_import(tx, row):
        raise NotTheLatest(later=later.id)
    if was_released(tx, row.made.get("sessions", [])):
        raise AlreadyReleased()
    found = merge(_read(files, row.after), _read(files, row.before), draft_programme(tx, edition), "ours")
    draft = Draft(tx, caller, edition, now)
    draft.write(found, cancel=False)
    draft.remove(row.made)
    row.undone_at, row.undone_by = now, caller.account_id
    record(tx, caller, "import.undone", edition.id, import_id=row.id)
    _tell(tx, caller, row)
    return Imported(edition, found, count_conflicts(tx, edition), row)


def count_conflicts(tx: Session, edition: Edition) -> dict[str, int]:
    """Count the conflicts within the edition, by kind."""
    tx.flush()
    field = field_of(tx, edition, get_schedule(tx, edition.id))
    own = [placement for placement in field.placements.values() if placement.edition_id == edition.id]
    found = find_conflicts(own, replace(field.setting, elsewhere=()))
    return {kind.value: 0 for kind in Kind} | Counter(conflict.kind.value for conflict in found)


def counts(found: Merge) -> dict[str, dict[str, int]]:
    """Return how many sessions, rooms and people are created, changed, removed and unchanged."""
    return {name: getattr(found, name).counts() for name in ("sessions", "rooms", "people")}


def _tell(tx: Session, caller: Caller, row: Import) -> None:
    emit(tx, DraftChanged(edition_id=row.edition_id, part="import", part_id=row.id, version=1, by=caller.account_id))


def _read(files: FileStore, name: str) -> ProgrammeFile:
    return own_json.read(files.get(name), ReadOptions())


def _courteous(said: ProgrammeFile, ours: ProgrammeFile) -> ProgrammeFile:
    """Return a first file without what it says of the edition where that was said here already."""
    own = {f.name: getattr(ours, f.name) for f in fields(ProgrammeFile) if f.name not in (*PARTS, "extras")}
    return replace(said, **{name: value for name, value in own.items() if value})


def _with_proposals(said: ProgrammeFile, known: ProgrammeFile, found: Merge) -> ProgrammeFile:
    """Return what a file says with what it lacks and nobody has cancelled, so that this is proposed until somebody does."""

    def waiting(part: str, named: Iterable[str | None] = ()) -> tuple[Any, ...]:
        keys = {item.key for item in getattr(found, part).removed} | set(named)
        keys -= {item.key for item in getattr(said, part)}
        return tuple(item for item in getattr(known, part) if item.key in keys)

    sessions = waiting("sessions", (session.parent for session in waiting("sessions")))
    more: dict[str, Any] = {
        "sessions": sessions,
        "rooms": waiting("rooms", (session.room for session in sessions)),
        "tracks": waiting("tracks", (session.track for session in sessions)),
        "people": waiting("people", (role.key for session in sessions for role in session.people)),
    }
    whole: dict[str, Any] = {part: (*getattr(said, part), *kept) for part, kept in more.items()}
    return replace(said, **whole)


def _in_zone_of(edition: Edition, said: ProgrammeFile) -> ProgrammeFile:
    """Return the programme with its wall times in the edition's zone."""
    if said.zone == edition.zone:
        return said
    zone = ZoneInfo(edition.zone)

    def moved(start: datetime | None) -> datetime | None:
        return PlannedTime(start, said.zone).utc().astimezone(zone).replace(tzinfo=None) if start else None

    sessions = tuple(replace(session, start=moved(session.start)) for session in said.sessions)
    return replace(said, zone=edition.zone, sessions=sessions)
