"""Selects of programmes. What a programme is, is public; its definition is the award office's until a cycle opens."""

from typing import Any

from sqlalchemy import Select, String, cast, or_, select
from sqlalchemy.orm import Session

from services.awards.programmes.models import Programme
from services.awards.programmes.rules import may_run, missing, scope_of
from services.awards.programmes.schemas import DefinitionOut, DefinitionPatch, GapOut, ProgrammeFilter, ProgrammeOut
from shared.caller import Caller
from shared.errors import NotFound
from shared.paging import Page, paginate
from shared.tree import below, path_of

_COLUMNS = Programme.__table__.c
PARTS = (*DefinitionPatch.model_fields, "eligibility")
"""The parts of a definition."""

FACE = ("standing", "basis", "verb", "recurrence", "owners", "is_template")
"""What a cycle takes over besides."""


def get_programme(tx: Session, ref: str) -> Programme:
    """Return the programme with this id or slug; raise `NotFound`."""
    found = tx.scalars(select(Programme).where(or_(Programme.id == ref, Programme.slug == ref))).all()
    if not found:
        raise NotFound()
    return next((programme for programme in found if programme.id == ref), found[0])


def get_run(tx: Session, caller: Caller, ref: str) -> Programme:
    """Return a programme that the caller's award office runs; raise `NotFound`, `Forbidden`."""
    programme = get_programme(tx, ref)
    may_run(caller, path_of(tx, programme.owner_id), scope_of(programme.id))
    return programme


def list_programmes(tx: Session, query: ProgrammeFilter) -> Page[ProgrammeOut]:
    """Return one page of programmes."""
    order = () if query.sort == "newest" else (Programme.slug,)
    descending = query.sort in ("-slug", "newest")
    rows, following, total = paginate(tx, _matching(tx, query), query, Programme.id, *order, descending=descending)
    return Page(items=[out_of(row) for row in rows], next=following, total=total)


def _matching(tx: Session, query: ProgrammeFilter) -> Select[Programme]:
    statement = select(Programme)
    if query.q:
        names = ("name_zh", "name_en", "slug", "key")
        statement = statement.where(or_(*(_COLUMNS[name].icontains(query.q, autoescape=True) for name in names)))
    for name in ("standing", "verb"):
        if value := getattr(query, name):
            statement = statement.where(getattr(Programme, name) == value)
    if query.template is not None:
        statement = statement.where(Programme.is_template == query.template)
    if query.owner:
        statement = statement.where(below(tx, Programme.owner_id, [query.owner]))
    if query.flag:
        statement = statement.where(cast(Programme.flags, String).icontains(f'"{query.flag}"', autoescape=True))
    if query.subject:
        kind = f'"subject": "{query.subject}"'
        statement = statement.where(cast(Programme.categories, String).icontains(kind, autoescape=True))
    return statement


def definition_of(programme: Programme) -> dict[str, Any]:
    """Return the whole definition of a programme, as a cycle freezes it."""
    return {name: getattr(programme, name) for name in (*FACE, *PARTS)}


def gaps_of(definition: dict[str, Any]) -> list[GapOut]:
    """Return what a definition lacks, as it is answered."""
    return [GapOut.model_validate(gap) for gap in missing(definition)]


def out_of(programme: Programme) -> ProgrammeOut:
    """Return a programme as it is answered."""
    own = {name: getattr(programme, name) for name in ProgrammeOut.model_fields if hasattr(programme, name)}
    subjects = list(dict.fromkeys(category["subject"] for category in programme.categories))
    return ProgrammeOut.model_validate(own | {"subjects": subjects, "missing": gaps_of(definition_of(programme))})


def definition_out(programme: Programme) -> DefinitionOut:
    """Return the definition of a programme as it is answered."""
    own = {name: getattr(programme, name) for name in PARTS}
    gaps = gaps_of(definition_of(programme))
    return DefinitionOut.model_validate(own | {"missing": gaps, "version": programme.version})
