"""Selects of organisations. They are public knowledge: whoever is signed in may read all of them."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from services.directory.organisations.models import Organisation, OtherName, State, Successor
from services.directory.organisations.rules import NotActive, Status, UnknownOrganisation, path_to
from services.directory.organisations.schemas import (
    OrganisationFilter,
    OrganisationOut,
    OtherNameOut,
    PastFilter,
    StateOut,
    Step,
)
from shared.db import HELD
from shared.paging import Page, paginate
from shared.text import Text

_COLUMNS = Organisation.__table__.c
_OTHERS = OtherName.__table__.c
_NAMED = select(Organisation).where(or_(Organisation.id == bindparam("ref"), Organisation.slug == bindparam("ref")))
_NAMED_AND_HELD = _NAMED.with_for_update(**HELD).execution_options(populate_existing=True)


def get_organisation(tx: Session, ref: str) -> Organisation:
    """Return the organisation with this id or slug; raise `UnknownOrganisation`."""
    return _find(tx, _NAMED, ref)


def get_active(tx: Session, ref: str) -> Organisation:
    """Return an organisation that has not ended; raise `UnknownOrganisation` or `NotActive`."""
    organisation = get_organisation(tx, ref)
    _check_active(organisation)
    return organisation


def hold_active(tx: Session, ref: str) -> Organisation:
    """Return an organisation that has not ended and cannot before this transaction has; raises as `get_active` does."""
    organisation = _find(tx, _NAMED_AND_HELD, ref)
    _check_active(organisation)
    return organisation


def find_root(tx: Session) -> Organisation | None:
    """Return the organisation above all others, if there is one yet."""
    return tx.scalar(select(Organisation).where(Organisation.parent_id.is_(None)))


def paths_of(tx: Session, ids: Iterable[str | None]) -> dict[str, tuple[str, ...]]:
    """Return for each organisation the ids from the root down to it."""
    wanted = {each for each in ids if each}
    rows = select(Organisation.id, Organisation.path).where(Organisation.id.in_(wanted))
    return {id_: path_to(path) for id_, path in tx.execute(rows)} if wanted else {}


def at_or_below(tx: Session, organisations: Iterable[str]) -> Select[str]:
    """Make the select of the ids of these organisations and of everything below them."""
    wanted = tuple(organisations)
    paths = tx.scalars(select(Organisation.path).where(Organisation.id.in_(wanted))).all() if wanted else ()
    conditions = [Organisation.path.startswith(path) for path in paths]
    return select(Organisation.id).where(or_(Organisation.id.is_(None), *conditions))


def list_organisations(tx: Session, query: OrganisationFilter) -> Page[OrganisationOut]:
    """Return one page of organisations, by slug."""
    rows, following, total = paginate(tx, _matching(tx, query), query, Organisation.id, Organisation.slug)
    return Page(items=outs_of(tx, rows), next=following, total=total)


def _matching(tx: Session, query: OrganisationFilter) -> Select[Organisation]:
    statement = select(Organisation)
    if query.q:
        also = (_OTHERS[name].icontains(query.q, autoescape=True) for name in ("name_zh", "name_en"))
        named = [_COLUMNS[n].icontains(query.q, autoescape=True) for n in ("name_zh", "name_en", "slug", "uscc", "ror")]
        statement = statement.where(
            or_(*named, Organisation.id.in_(select(OtherName.organisation_id).where(or_(*also))))
        )
    if query.below:
        statement = statement.where(Organisation.path.startswith(get_organisation(tx, query.below).path))
    if query.parent:
        statement = statement.where(Organisation.parent_id == get_organisation(tx, query.parent).id)
    if query.kind:
        statement = statement.where(Organisation.kind == query.kind)
    if query.status:
        statement = statement.where(Organisation.status == query.status)
    return statement


def list_past(tx: Session, query: PastFilter) -> Page[StateOut]:
    """Return one page of the organisations as they were on a day."""
    statement = select(State).where(held_on(query.on))
    if query.parent:
        statement = statement.where(State.parent_id == get_organisation(tx, query.parent).id)
    if query.kind:
        statement = statement.where(State.kind == query.kind)
    rows, following, total = paginate(tx, statement, query, State.organisation_id)
    return Page(items=[StateOut.model_validate(row) for row in rows], next=following, total=total)


def held_on(day: date) -> ColumnElement[bool]:
    """Make the condition that a state held on `day`."""
    begun = or_(State.from_on.is_(None), State.from_on <= day)
    return begun & or_(State.until_on.is_(None), State.until_on > day)


def states_of(tx: Session, organisation_id: str) -> list[State]:
    """Return what held of an organisation, the oldest first."""
    rows = select(State).where(State.organisation_id == organisation_id)
    return sorted(tx.scalars(rows), key=lambda state: (state.from_on or date.min, state.id))


def way_to(tx: Session, organisation: Organisation, on: date | None = None) -> list[Step]:
    """Return the organisations from the root down to this one, today or as they were on a day."""
    if on is None:
        rows = tx.scalars(select(Organisation).where(Organisation.id.in_(path_to(organisation.path))))
        by_id = {row.id: Step.model_validate(row) for row in rows}
        return [by_id[id_] for id_ in path_to(organisation.path)]
    way: list[Step] = []
    current: str | None = organisation.id
    while current and current not in {step.id for step in way}:
        found = tx.execute(
            select(State, Organisation.slug)
            .join(Organisation, Organisation.id == State.organisation_id)
            .where(State.organisation_id == current, held_on(on))
        ).first()
        if found is None:
            break
        way.insert(0, Step(id=current, slug=found[1], name=found[0].name))
        current = found[0].parent_id
    return way


def count_active_below(tx: Session, ids: Iterable[str]) -> dict[str, int]:
    """Count the active organisations that stand directly below each of these, where there are any."""
    below = Organisation.parent_id.in_(tuple(ids)) & (Organisation.status == Status.ACTIVE)
    counted = select(Organisation.parent_id, func.count()).where(below).group_by(Organisation.parent_id)
    return {parent: count for parent, count in tx.execute(counted) if parent}


def levels_of(tx: Session, organisation: Organisation) -> int:
    """Return how many levels a subtree has, its top included."""
    paths = tx.scalars(select(Organisation.path).where(Organisation.path.startswith(organisation.path)))
    return max(path.count("/") for path in paths) - organisation.path.count("/") + 1


def names_of(tx: Session, ids: Iterable[str | None]) -> dict[str, Text]:
    """Return the names of organisations by id."""
    wanted = {each for each in ids if each}
    return {o.id: o.name for o in tx.scalars(select(Organisation).where(Organisation.id.in_(wanted)))} if wanted else {}


def outs_of(tx: Session, rows: Sequence[Organisation]) -> list[OrganisationOut]:
    """Return organisations as they are answered."""
    others: dict[str, list[OtherNameOut]] = {row.id: [] for row in rows}
    into: dict[str, list[str]] = {row.id: [] for row in rows}
    if rows:
        for name in tx.scalars(select(OtherName).where(OtherName.organisation_id.in_(others)).order_by(OtherName.id)):
            others[name.organisation_id].append(OtherNameOut.model_validate(name))
        for link in tx.scalars(
            select(Successor).where(Successor.organisation_id.in_(into)).order_by(Successor.into_id)
        ):
            into[link.organisation_id].append(link.into_id)
    below = count_active_below(tx, into) if rows else {}
    more = {id_: {"other_names": others[id_], "into_ids": into[id_], "below": below.get(id_, 0)} for id_ in into}
    plain = [name for name in OrganisationOut.model_fields if name not in ("other_names", "into_ids", "below")]
    return [OrganisationOut.model_validate({n: getattr(row, n) for n in plain} | more[row.id]) for row in rows]


def out_of(tx: Session, organisation: Organisation) -> OrganisationOut:
    """Return one organisation as it is answered."""
    return outs_of(tx, [organisation])[0]


def _find(tx: Session, named: Select[Organisation], ref: str) -> Organisation:
    found = tx.scalars(named, {"ref": ref}).all()
    if not found:
        raise UnknownOrganisation(organisation=ref)
    return next((each for each in found if each.id == ref), found[0])


def _check_active(organisation: Organisation) -> None:
    if organisation.status != Status.ACTIVE:
        raise NotActive(organisation=organisation.name)
