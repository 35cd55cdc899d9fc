"""What is done with organisations: open, correct, rename, move, merge, split, close; and keep how they were."""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.directory.organisations.models import Organisation, OtherName, State, Successor
from services.directory.organisations.queries import (
    count_active_below,
    find_root,
    get_active,
    get_organisation,
    levels_of,
    out_of,
)
from services.directory.organisations.rules import (
    ActiveBelow,
    IdentifierTaken,
    IntoItself,
    Kind,
    NameKind,
    RootStays,
    SamePlace,
    SlugTaken,
    Status,
    check_dates,
    check_day,
    check_place,
    day_of,
    may_place,
    may_tend,
    path_to,
)
from services.directory.organisations.schemas import OrganisationIn, OrganisationPatch, OtherNameIn
from shared.audit import record
from shared.caller import Caller
from shared.db import new_id
from shared.editing import apply, given
from shared.errors import NotFound, check_version
from shared.ledger import emit
from shared.messages.directory import (
    OrganisationClosed,
    OrganisationMerged,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationSplit,
    OrganisationState,
)
from shared.text import Text


def ensure_root(tx: Session) -> Organisation:
    """Return the organisation above all others, made under a name to be changed where there is none yet."""
    root = find_root(tx)
    if root is None:
        root = Organisation(slug="headquarters", kind=Kind.HEADQUARTERS, name=Text("总部", "Headquarters"))
        enter(tx, None, root, None)
    return root


def name_root(tx: Session, root: Organisation, name: Text) -> None:
    """Give the root the name it has always had, in the first run."""
    old, root.name = root.name, name
    current_state(tx, root).name = name
    root.version += 1
    tx.flush()
    record(tx, None, "organisation.corrected", root.id, name=[_both(old), _both(name)])
    emit(tx, OrganisationRenamed(organisation_id=root.id, organisation=state_of(root)))


def open_organisation(tx: Session, caller: Caller, body: OrganisationIn) -> Organisation:
    """Open an organisation; raise `NotAdministrator`, `NotActive`, `TooDeep`, `SlugTaken` or `IdentifierTaken`."""
    lock_tree(tx)
    parent = get_active(tx, body.parent_id)
    may_tend(caller, path_to(parent.path))
    check_place("-", parent.path, 1)
    if tx.scalar(select(Organisation.id).where(Organisation.slug == body.slug)):
        raise SlugTaken(slug=body.slug)
    organisation = Organisation(**given(body))
    check_identifiers(tx, organisation)
    enter(tx, caller, organisation, parent)
    return organisation


def enter(tx: Session, caller: Caller | None, organisation: Organisation, parent: Organisation | None) -> None:
    """Enter an organisation whose values were checked, with its first state, and tell of it."""
    organisation.id = organisation.id or new_id()
    organisation.status = organisation.status or Status.ACTIVE
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"
    organisation.version = 1
    tx.add(organisation)
    tx.flush()
    begin_state(tx, organisation, organisation.founded_on)
    record(tx, caller, "organisation.opened", organisation.id, slug=organisation.slug, parent=organisation.parent_id)
    emit(tx, OrganisationOpened(organisation_id=organisation.id, organisation=state_of(organisation)))


def change_organisation(tx: Session, caller: Caller, ref: str, version: int, body: OrganisationPatch) -> Organisation:
    """Correct what was sent, as if it had always been so; raise `PreconditionFailed` for a stale version."""
    organisation = _to_change(tx, caller, ref, version)
    state = current_state(tx, organisation)
    values = given(body)
    if "founded_on" in values:
        check_dates(values["founded_on"], organisation.ended_on)
        first = tx.scalars(select(State).where(State.organisation_id == organisation.id).order_by(State.id)).first()
        if first is not None:
            check_dates(values["founded_on"], first.until_on)
            first.from_on = values["founded_on"]
    changes = apply(organisation, values)
    check_identifiers(tx, organisation)
    if changes:
        state.name, state.kind = organisation.name, organisation.kind
        _changed(tx, caller, organisation, "corrected", **changes)
        emit(tx, OrganisationRenamed(organisation_id=organisation.id, organisation=state_of(organisation)))
    return organisation


def rename_organisation(
    tx: Session, caller: Caller, ref: str, version: int, name: Text, on: date | None, now: datetime
) -> Organisation:
    """Give a new name from a day on; the old one becomes a former name."""
    organisation = _to_change(tx, caller, ref, version)
    if organisation.name == name:
        raise SamePlace()
    old, since = organisation.name, current_state(tx, organisation).from_on
    organisation.name = name
    day = _turn(tx, organisation, on, now)
    keep_former_name(tx, organisation, old, since, day)
    _changed(tx, caller, organisation, "renamed", name=[_both(old), _both(name)], on=day)
    emit(tx, OrganisationRenamed(organisation_id=organisation.id, organisation=state_of(organisation)))
    return organisation


def move_organisation(
    tx: Session, caller: Caller, ref: str, version: int, parent_id: str, on: date | None, now: datetime
) -> Organisation:
    """Put an organisation, with everything below it, under another parent; raise `CycleInTree` or `TooDeep`."""
    lock_tree(tx)
    organisation = _to_place(tx, caller, ref, version)
    parent = get_active(tx, parent_id)
    may_tend(caller, path_to(parent.path))
    if organisation.parent_id == parent.id:
        raise SamePlace()
    check_place(organisation.path, parent.path, levels_of(tx, organisation))
    _put_below(tx, caller, organisation, parent, on, now)
    return organisation


def merge_organisation(
    tx: Session, caller: Caller, ref: str, version: int, into_id: str, on: date | None, now: datetime
) -> Organisation:
    """End an organisation that another carries on; what is active below it goes below the other."""
    lock_tree(tx)
    organisation, into = _to_place(tx, caller, ref, version), get_active(tx, into_id)
    if into.path.startswith(organisation.path):
        raise IntoItself()
    may_tend(caller, path_to(into.path))
    check_place(organisation.path, into.path, levels_of(tx, organisation) - 1)
    below = (Organisation.parent_id == organisation.id) & (Organisation.status == Status.ACTIVE)
    for child in tx.scalars(select(Organisation).where(below).order_by(Organisation.slug)).all():
        _put_below(tx, caller, child, into, on, now)
    _end(tx, caller, organisation, Status.MERGED, [into], on, now)
    emit(tx, OrganisationMerged(organisation_id=organisation.id, organisation=state_of(organisation), into_id=into.id))
    return organisation


def split_organisation(
    tx: Session, caller: Caller, ref: str, version: int, into_ids: tuple[str, ...], on: date | None, now: datetime
) -> Organisation:
    """End an organisation that two or more carry on; raise `ActiveBelow` while something is active below it."""
    lock_tree(tx)
    organisation, into = _to_place(tx, caller, ref, version), [get_active(tx, each) for each in into_ids]
    if len({each.id for each in into} - {organisation.id}) < len(into_ids):
        raise IntoItself()
    _check_nobody_below(tx, organisation)
    _end(tx, caller, organisation, Status.SPLIT, into, on, now)
    ids = tuple(each.id for each in into)
    emit(tx, OrganisationSplit(organisation_id=organisation.id, organisation=state_of(organisation), into_ids=ids))
    return organisation


def close_organisation(
    tx: Session, caller: Caller, ref: str, version: int, on: date | None, now: datetime
) -> Organisation:
    """End an organisation; raise `ActiveBelow` while something is active below it."""
    lock_tree(tx)
    organisation = _to_place(tx, caller, ref, version)
    _check_nobody_below(tx, organisation)
    _end(tx, caller, organisation, Status.CLOSED, [], on, now)
    emit(tx, OrganisationClosed(organisation_id=organisation.id, organisation=state_of(organisation)))
    return organisation


def add_name(tx: Session, caller: Caller, ref: str, version: int, body: OtherNameIn) -> Organisation:
    """Add an alias or a former name."""
    organisation = _to_change(tx, caller, ref, version, ended_too=True)
    check_dates(body.from_on, body.until_on)
    tx.add(OtherName(organisation_id=organisation.id, **given(body)))
    _changed(tx, caller, organisation, "name_added", name=_both(body.name))
    emit(tx, OrganisationRenamed(organisation_id=organisation.id, organisation=state_of(organisation)))
    return organisation


def remove_name(tx: Session, caller: Caller, ref: str, version: int, name_id: str) -> Organisation:
    """Remove an alias or a former name that was never right."""
    organisation = _to_change(tx, caller, ref, version, ended_too=True)
    name = tx.get(OtherName, name_id)
    if name is None or name.organisation_id != organisation.id:
        raise NotFound()
    tx.delete(name)
    _changed(tx, caller, organisation, "name_removed", name=_both(name.name))
    emit(tx, OrganisationRenamed(organisation_id=organisation.id, organisation=state_of(organisation)))
    return organisation


def lock_tree(tx: Session) -> None:
    """Let one change of the tree's shape happen at a time."""
    tx.execute(select(Organisation.id).where(Organisation.parent_id.is_(None)).with_for_update())


def check_identifiers(tx: Session, organisation: Organisation) -> None:
    """Raise `IdentifierTaken` where another organisation has one of its identifiers."""
    for column in (Organisation.uscc, Organisation.ror):
        value = getattr(organisation, column.key)
        with tx.no_autoflush:
            holder = tx.scalar(select(Organisation).where(column == value)) if value else None
        if holder is not None and holder.id != organisation.id:
            raise IdentifierTaken(identifier=value, organisation=holder.name)


def current_state(tx: Session, organisation: Organisation) -> State:
    """Return what holds of an organisation now."""
    now = (State.organisation_id == organisation.id) & State.until_on.is_(None)
    return tx.scalars(select(State).where(now)).one()


def begin_state(tx: Session, organisation: Organisation, day: date | None, until: date | None = None) -> None:
    """Keep what holds of an organisation from a day on, or held until before another."""
    tx.add(
        State(
            organisation_id=organisation.id,
            from_on=day,
            until_on=until,
            parent_id=organisation.parent_id,
            kind=organisation.kind,
            name=organisation.name,
            status=organisation.status,
        )
    )


def turn_state(tx: Session, organisation: Organisation, state: State, day: date) -> None:
    """End what held of an organisation until `day`, and keep what holds from then on."""
    if state.from_on == day:
        tx.delete(state)
    else:
        state.until_on = day
    begin_state(tx, organisation, day)


def keep_former_name(tx: Session, organisation: Organisation, old: Text, since: date | None, day: date) -> None:
    """Keep a name that was given up on `day`; one given up on the day it was given was a slip."""
    if since != day:
        last = date.fromordinal(max(day.toordinal() - 1, 1))
        tx.add(OtherName(organisation_id=organisation.id, kind=NameKind.FORMER, name=old, from_on=since, until_on=last))


def state_of(organisation: Organisation) -> OrganisationState:
    """Return what a fact says of an organisation."""
    return OrganisationState(
        organisation_id=organisation.id,
        parent_id=organisation.parent_id,
        slug=organisation.slug,
        kind=organisation.kind,
        name=organisation.name,
        status=organisation.status,
        version=organisation.version,
    )


def _to_change(tx: Session, caller: Caller, ref: str, version: int, *, ended_too: bool = False) -> Organisation:
    organisation = get_organisation(tx, ref) if ended_too else get_active(tx, ref)
    may_tend(caller, path_to(organisation.path))
    check_version(organisation.version, version, now=out_of(tx, organisation))
    return organisation


def _to_place(tx: Session, caller: Caller, ref: str, version: int) -> Organisation:
    organisation = get_active(tx, ref)
    may_place(caller, path_to(organisation.path))
    if organisation.parent_id is None:
        raise RootStays()
    check_version(organisation.version, version, now=out_of(tx, organisation))
    return organisation


def _check_nobody_below(tx: Session, organisation: Organisation) -> None:
    if count := count_active_below(tx, [organisation.id]).get(organisation.id):
        raise ActiveBelow(count=count)


def _turn(tx: Session, organisation: Organisation, on: date | None, now: datetime) -> date:
    with tx.no_autoflush:
        state = current_state(tx, organisation)
    day = check_day(on, state.from_on, day_of(now))
    turn_state(tx, organisation, state, day)
    return day


def _put_below(
    tx: Session, caller: Caller, organisation: Organisation, parent: Organisation, on: date | None, now: datetime
) -> None:
    old_parent, old_path = organisation.parent_id, organisation.path
    organisation.parent_id = parent.id
    day = _turn(tx, organisation, on, now)
    tx.flush()
    rest = func.substr(Organisation.path, len(old_path) + 1)
    new_path = f"{parent.path}{organisation.id}/"
    moved = update(Organisation).where(Organisation.path.startswith(old_path)).values(path=new_path + rest)
    tx.execute(moved.execution_options(synchronize_session=False))
    for loaded in list(tx.identity_map.values()):
        if isinstance(loaded, Organisation):
            tx.refresh(loaded, ["path"])
    _changed(tx, caller, organisation, "moved", parent=[old_parent, parent.id], on=day)
    emit(tx, OrganisationMoved(organisation_id=organisation.id, organisation=state_of(organisation)))


def _end(
    tx: Session,
    caller: Caller,
    organisation: Organisation,
    status: Status,
    into: list[Organisation],
    on: date | None,
    now: datetime,
) -> None:
    organisation.status = status
    organisation.ended_on = _turn(tx, organisation, on, now)
    tx.add_all(Successor(organisation_id=organisation.id, into_id=each.id) for each in into)
    _changed(tx, caller, organisation, status, into=[each.id for each in into], on=organisation.ended_on)


def _changed(tx: Session, caller: Caller, organisation: Organisation, verb: str, **change: object) -> None:
    organisation.version += 1
    tx.flush()
    record(tx, caller, f"organisation.{verb}", organisation.id, **change)


def _both(text: Text) -> str:
    return " / ".join(filter(None, (text.zh, text.en)))
