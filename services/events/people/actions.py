"""What is done with people: entered, changed, removed, and told when they can attend.

The record names people by id only, and tells which fields changed, never what they hold.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_inside
from services.events.editions.rules import may_schedule
from services.events.people.queries import get_person, out_of, windows_of
from services.events.people.rules import HasParts, may_see_people
from services.events.people.schemas import PersonIn, PersonPatch, PersonWindowsIn
from services.events.programme.models import Person, PersonWindow, ProgrammeSession, SessionPerson
from services.events.series.rules import may_organize
from services.events.venues.rules import check_window
from shared.audit import record
from shared.caller import Caller, Role
from shared.editing import apply, given, remove
from shared.errors import check_version
from shared.ledger import emit
from shared.messages.events import DraftChanged
from shared.times import check_planned
from shared.tree import path_of


def add_person(tx: Session, caller: Caller, body: PersonIn) -> Person:
    """Enter a person; raise `Forbidden` unless the caller organizes at the owner, or one of its editions."""
    may_see_people(caller)
    may_keep(tx, caller, body.owner_id)
    person = Person(**given(body))
    tx.add(person)
    tx.flush()
    record(tx, caller, "person.added", person.id, owner=person.owner_id)
    return person


def change_person(tx: Session, caller: Caller, person_id: str, version: int, body: PersonPatch) -> Person:
    """Change what was sent; the drafts in which the person appears are told."""
    person = _person_to_edit(tx, caller, person_id, version)
    changes = apply(person, given(body))
    if changes:
        person.version += 1
        tx.flush()
        record(tx, caller, "person.changed", person.id, fields=sorted(changes))
        editions = select(ProgrammeSession.edition_id).join(SessionPerson).where(SessionPerson.person_id == person.id)
        for edition_id in tx.scalars(editions.distinct().order_by(ProgrammeSession.edition_id)):
            _tell(tx, caller, person, edition_id)
    return person


def remove_person(tx: Session, caller: Caller, person_id: str, version: int) -> None:
    """Remove a person without a part; raise `HasParts`."""
    person = _person_to_edit(tx, caller, person_id, version)
    record(tx, caller, "person.removed", person.id)
    remove(tx, person, HasParts(name=person.name))


def put_windows(tx: Session, caller: Caller, ref: str, person_id: str, version: int, body: PersonWindowsIn) -> Person:
    """Set when a person can attend an edition; raise `WindowBackwards`, `NoSuchWallTime`."""
    edition = get_inside(tx, caller, ref)
    may_schedule(caller, path_of(tx, edition.owner_id), edition.id)
    person = get_person(tx, caller, person_id)
    check_version(person.version, version, now=out_of(tx, caller, person))
    rows = []
    for window in body.windows:
        check_window(window.start_local, window.end_local)
        starts, ends = (check_planned(at, edition.zone).utc() for at in (window.start_local, window.end_local))
        row = PersonWindow(edition_id=edition.id, person_id=person.id, starts_at=starts, ends_at=ends, **given(window))
        rows.append(row)
    old = windows_of(tx, edition, person.id)
    own = delete(PersonWindow).where(PersonWindow.edition_id == edition.id, PersonWindow.person_id == person.id)
    tx.execute(own)
    tx.add_all(rows)
    tx.flush()
    if windows_of(tx, edition, person.id) != old:
        person.version += 1
        tx.flush()
        record(tx, caller, "person.changed", person.id, fields=["windows"], edition=edition.id)
        _tell(tx, caller, person, edition.id)
    return person


def _person_to_edit(tx: Session, caller: Caller, person_id: str, version: int) -> Person:
    person = get_person(tx, caller, person_id)
    may_keep(tx, caller, person.owner_id)
    check_version(person.version, version, now=out_of(tx, caller, person))
    return person


def may_keep(tx: Session, caller: Caller, owner_id: str) -> None:
    """Raise `Forbidden` unless the caller organizes at the organisation, or an edition that it owns."""
    path = path_of(tx, owner_id)
    scopes = caller.scopes_with(Role.ORGANIZER)
    editions = [scope.removeprefix("edition:") for scope in scopes if scope.startswith("edition:")]
    if tx.scalar(select(Edition.id).where(Edition.id.in_(editions), Edition.owner_id == owner_id).limit(1)) is None:
        may_organize(caller, path)


def _tell(tx: Session, caller: Caller, person: Person, edition_id: str) -> None:
    emit(
        tx,
        DraftChanged(
            edition_id=edition_id, part="person", part_id=person.id, version=person.version, by=caller.account_id
        ),
    )
