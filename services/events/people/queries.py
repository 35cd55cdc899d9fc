"""Selects of people. Names and affiliations are for everybody who works with people, contacts for those concerned."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_inside, visible_to
from services.events.editions.rules import staff_editions, staff_organisations
from services.events.people.rules import may_see_people, sees_people
from services.events.people.schemas import AppearanceOut, PersonFilter, PersonOut, PersonWindowOut
from services.events.programme.models import Person, PersonWindow, ProgrammeSession, SessionPerson
from shared.caller import Caller
from shared.errors import NotFound
from shared.paging import Page, paginate
from shared.tree import below

_COLUMNS = Person.__table__.c
_CONTACT = ("email", "phone", "account_id")


def get_person(tx: Session, caller: Caller, person_id: str) -> Person:
    """Return the person; raise `NotFound`."""
    person = tx.get(Person, person_id) if sees_people(caller) else None
    if person is None:
        raise NotFound()
    return person


def list_people(tx: Session, caller: Caller, query: PersonFilter) -> Page[PersonOut]:
    """Return one page of people."""
    may_see_people(caller)
    statement = select(Person)
    if query.q:
        names = ("name_zh", "name_en", "affiliation_zh", "affiliation_en")
        statement = statement.where(or_(*(_COLUMNS[name].icontains(query.q, autoescape=True) for name in names)))
    if query.owner:
        statement = statement.where(below(tx, Person.owner_id, [query.owner]))
    parts = select(SessionPerson.person_id).join(ProgrammeSession)
    if query.edition:
        parts = parts.where(ProgrammeSession.edition_id == get_inside(tx, caller, query.edition).id)
    if query.role:
        parts = parts.where(SessionPerson.role == query.role.value)
    if query.edition or query.role:
        statement = statement.where(Person.id.in_(parts))
    rows, following, total = paginate(tx, statement, query, Person.id, descending=query.sort == "newest")
    return Page(items=outs_of(tx, caller, rows), next=following, total=total)


def outs_of(tx: Session, caller: Caller, rows: Sequence[Person]) -> list[PersonOut]:
    """Return people as they are answered to the caller, with contacts where these are the caller's business."""
    concerned = _concerned(tx, caller, [row.id for row in rows])
    names = [name for name in PersonOut.model_fields if name != "contact"]
    outs = []
    for row in rows:
        own = {name: getattr(row, name) for name in names}
        if row.id not in concerned:
            own |= {"email": "", "phone": "", "account_id": None}
        outs.append(PersonOut.model_validate(own | {"contact": row.id in concerned}))
    return outs


def out_of(tx: Session, caller: Caller, person: Person) -> PersonOut:
    """Return one person as they are answered to the caller."""
    return outs_of(tx, caller, [person])[0]


def _concerned(tx: Session, caller: Caller, ids: Sequence[str]) -> set[str]:
    """Return whom of the people the caller keeps, or meets in an edition that the caller works on."""
    kept = select(Person.id).where(Person.id.in_(ids), below(tx, Person.owner_id, staff_organisations(caller)))
    met = (
        select(SessionPerson.person_id)
        .join(ProgrammeSession)
        .join(Edition, Edition.id == ProgrammeSession.edition_id)
        .where(
            SessionPerson.person_id.in_(ids),
            or_(below(tx, Edition.owner_id, staff_organisations(caller)), Edition.id.in_(staff_editions(caller))),
        )
    )
    return set(tx.scalars(kept)) | set(tx.scalars(met))


def windows_of(tx: Session, edition: Edition, person_id: str) -> list[PersonWindowOut]:
    """Return when a person can attend an edition, in order of time."""
    own = select(PersonWindow).where(PersonWindow.edition_id == edition.id, PersonWindow.person_id == person_id)
    rows = tx.scalars(own.order_by(PersonWindow.starts_at, PersonWindow.id))
    return [PersonWindowOut.model_validate(row) for row in rows]


def appearances_of(tx: Session, caller: Caller, person: Person) -> list[AppearanceOut]:
    """Return the person's parts in the drafts of editions that the caller works on."""
    rows = tx.execute(
        select(SessionPerson, ProgrammeSession)
        .join(ProgrammeSession)
        .join(Edition, Edition.id == ProgrammeSession.edition_id)
        .where(
            SessionPerson.person_id == person.id,
            visible_to(tx, caller),
            or_(below(tx, Edition.owner_id, staff_organisations(caller)), Edition.id.in_(staff_editions(caller))),
        )
        .order_by(ProgrammeSession.edition_id, ProgrammeSession.position, SessionPerson.id)
    )
    return [
        AppearanceOut(
            edition_id=session.edition_id, session_id=session.id, title=session.title, role=part.role,
            confirmed=part.confirmed,
        )
        for part, session in rows
    ]  # fmt: skip
