"""What is done with programmes: open, change, define, copy, remove, and load a catalogue of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.programmes.forms import check_form
from services.awards.programmes.models import Programme
from services.awards.programmes.queries import (
    FACE,
    PARTS,
    definition_of,
    definition_out,
    get_programme,
    get_run,
    out_of,
)
from services.awards.programmes.rules import ProgrammeInUse, check_definition, check_name, may_run, with_known
from services.awards.programmes.schemas import (
    CopyIn,
    DefinitionPatch,
    PartsPatch,
    ProgrammeIn,
    ProgrammePatch,
    ProgrammeRow,
    ProgrammesIn,
    ProgrammesOut,
)
from shared.audit import record
from shared.caller import Caller
from shared.db import hold, in_turn
from shared.editing import apply, given, remove, said_anew
from shared.errors import OwnerMissing, RowTwice, check_version
from shared.jobs import enqueue
from shared.ledger import emit
from shared.messages.awards import (
    AwardsViewChanged,
    ProgrammeChanged,
    ProgrammeOpened,
    ProgrammeRemoved,
    ProgrammeState,
)
from shared.slugs import check_slug, take_slug
from shared.text import slug_of
from shared.tree import path_of

RETELL = "retell_cycles"
"""The job that tells the dates of cycles again when a name above them changed; cycles say how."""


def open_programme(tx: Session, caller: Caller, body: ProgrammeIn) -> Programme:
    """Open a programme; raise `Forbidden`, `SlugTaken`, `MayNotBeCalledAward`."""
    may_run(caller, path_of(tx, body.owner_id))
    check_slug(tx, Programme.slug, body.slug)
    return _enter(tx, caller, Programme(**given(body)))


def copy_programme(tx: Session, caller: Caller, ref: str, body: CopyIn) -> Programme:
    """Make a programme like another, with its whole definition; of a template it makes a programme that is none."""
    other = get_programme(tx, ref)
    owner_id = body.owner_id or other.owner_id
    may_run(caller, path_of(tx, other.owner_id))
    may_run(caller, path_of(tx, owner_id))
    check_slug(tx, Programme.slug, body.slug)
    values = {name: getattr(other, name) for name in (*FACE, *PARTS, "description", "documents")}
    values |= {"is_template": False, "slug": body.slug, "name": body.name, "owner_id": owner_id}
    return _enter(tx, caller, Programme(**values), copied_from=other.id)


def _enter(tx: Session, caller: Caller, programme: Programme, **change: Any) -> Programme:
    tx.add(programme)
    tx.flush()
    _check(programme)
    record(tx, caller, "programme.opened", programme.id, slug=programme.slug, owner=programme.owner_id, **change)
    emit(tx, ProgrammeOpened(programme_id=programme.id, programme=state_of(programme)))
    _touch(tx, programme)
    return programme


def _touch(tx: Session, programme: Programme) -> None:
    """Say that public answers about a programme are out of date."""
    emit(tx, AwardsViewChanged(view=f"programme:{programme.id}", tags=("awards", f"programme:{programme.id}")))


def _check(programme: Programme) -> None:
    check_name(programme.name, programme.standing)
    check_definition(definition_of(programme))


def change_programme(tx: Session, caller: Caller, ref: str, version: int, body: ProgrammePatch) -> Programme:
    """Change what was sent; raise `PreconditionFailed` for a stale version, `MayNotBeCalledAward`."""
    programme = get_run(tx, caller, ref)
    hold(tx, programme)
    check_version(programme.version, version, now=out_of(programme))
    put_values(tx, caller, programme, given(body))
    return programme


def define(tx: Session, caller: Caller, ref: str, version: int, body: DefinitionPatch) -> Programme:
    """Change parts of the definition; raise `FormInvalid`, `DefinitionUnsound`. Cycles keep what they took over."""
    return put_parts(tx, caller, ref, version, parts_of(body))


def put_parts(tx: Session, caller: Caller, ref: str, version: int, parts: dict[str, Any]) -> Programme:
    """Give a programme these parts of its definition, checked by those who know what is in them."""
    programme = get_run(tx, caller, ref)
    hold(tx, programme)
    check_version(programme.version, version, now=definition_out(programme))
    put_values(tx, caller, programme, parts)
    return programme


def parts_of(body: PartsPatch) -> dict[str, Any]:
    """Return the parts of a definition that were sent, as they are stored; raise `FormInvalid`."""
    parts = {
        name: value
        for name, value in body.model_dump(mode="json", by_alias=True, exclude_unset=False).items()
        if name in body.model_fields_set and name in PARTS
    }
    for number, category in enumerate(parts.get("categories", ())):
        if category["form"] is not None:
            check_form(category["form"], f"/categories/{number}/form")
    return parts


def put_values(tx: Session, caller: Caller, programme: Programme, values: Mapping[str, Any]) -> bool:
    """Give the programme these values; record and tell what changed, and return whether anything did."""
    changes = apply(programme, values)
    if changes:
        _check(programme)
        programme.version += 1
        tx.flush()
        record(tx, caller, "programme.changed", programme.id, **changes)
        emit(tx, ProgrammeChanged(programme_id=programme.id, programme=state_of(programme)))
        _touch(tx, programme)
        if "name" in changes:
            enqueue(tx, RETELL, f"programme-{programme.id}", programme_id=programme.id)
    return bool(changes)


def remove_programme(tx: Session, caller: Caller, ref: str, version: int) -> None:
    """Remove a programme that has no cycles; raise `ProgrammeInUse`."""
    programme = get_run(tx, caller, ref)
    check_version(programme.version, version, now=out_of(programme))
    record(tx, caller, "programme.removed", programme.id, slug=programme.slug)
    emit(tx, ProgrammeRemoved(programme_id=programme.id, slug=programme.slug))
    _touch(tx, programme)
    remove(tx, programme, ProgrammeInUse(programme=programme.slug))


def load_catalogue(tx: Session, caller: Caller, body: ProgrammesIn) -> ProgrammesOut:
    """Make the programmes of a catalogue that are not there yet, and change those of which it now says something else.

    What was edited here stays, as long as the catalogue says of that field what it said before; of a field that it does
    not name it says nothing.
    """
    owner_id = body.owner_id or caller.organisation
    if owner_id is None:
        raise OwnerMissing()
    may_run(caller, path_of(tx, owner_id))
    in_turn(tx, "programme-slugs")
    known = {p.key: p for p in tx.scalars(select(Programme).where(Programme.source == body.source))}
    new, changed, seen = 0, 0, set[str]()
    for row in body.rows:
        if row.key in seen:
            raise RowTwice(key=row.key)
        seen.add(row.key)
        values, said = _values_of(row), row.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if programme := known.get(row.key):
            may_run(caller, path_of(tx, programme.owner_id))
            changed += _follow(tx, caller, programme, said, values)
        else:
            slug = take_slug(tx, Programme.slug, row.slug or slug_of(row.name.en or row.key))
            fresh = Programme(slug=slug, owner_id=owner_id, source=body.source, key=row.key, **values)
            fresh.catalogue_row = said
            _enter(tx, caller, fresh)
            new += 1
    return ProgrammesOut(created=new, changed=changed, unchanged=len(seen) - new - changed)


def _follow(tx: Session, caller: Caller, programme: Programme, said: dict[str, Any], values: dict[str, Any]) -> bool:
    """Change what the catalogue says anew; return whether that was anything."""
    before = programme.catalogue_row or {}
    news = {name: values[name] for name in said_anew(said, before) if name in values}
    if "categories" in news:
        news["categories"] = with_known(news["categories"], programme.categories)
        if news["categories"] == programme.categories:
            said.pop("categories")  # it says less than before, and takes nothing away
    programme.catalogue_row = before | said
    return put_values(tx, caller, programme, news)


def _values_of(row: ProgrammeRow) -> dict[str, Any]:
    own = {name: value for name, value in given(row).items() if name in ProgrammePatch.model_fields}
    return own | parts_of(row)


def state_of(programme: Programme) -> ProgrammeState:
    """Return what a fact says of a programme."""
    return ProgrammeState(
        programme_id=programme.id,
        slug=programme.slug,
        name=programme.name,
        standing=programme.standing,
        verb=programme.verb,
        owner_id=programme.owner_id,
        is_template=programme.is_template,
        version=programme.version,
    )
