"""Routes of people: `/api/events/people`, and when they can attend an edition."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.editions.queries import get_inside
from services.events.editions.schemas import Ref
from services.events.people import actions
from services.events.people.queries import appearances_of, get_person, list_people, out_of, windows_of
from services.events.people.schemas import (
    AppearanceOut,
    PersonFilter,
    PersonIn,
    PersonOut,
    PersonPatch,
    PersonWindowOut,
    PersonWindowsIn,
)
from services.events.programme.schemas import PersonId
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import CallerDep, IfMatch, reads, writes

router = APIRouter(tags=["people"])


@router.get("/people")
@reads
def get_people(tx: Session, caller: CallerDep, query: Annotated[PersonFilter, Query()]) -> Page[PersonOut]:
    """List people; for those who organize or schedule something."""
    return list_people(tx, caller, query)


@router.post("/people", status_code=201)
@writes
def post_person(tx: Session, caller: CallerDep, body: PersonIn) -> PersonOut:
    """Enter a person."""
    return out_of(tx, caller, actions.add_person(tx, caller, body))


@router.get("/people/{person_id}")
@reads
def get_one_person(tx: Session, caller: CallerDep, person_id: PersonId) -> PersonOut:
    """Read a person."""
    return out_of(tx, caller, get_person(tx, caller, person_id))


@router.patch("/people/{person_id}")
@writes
def patch_person(tx: Session, caller: CallerDep, person_id: PersonId, version: IfMatch, body: PersonPatch) -> PersonOut:
    """Change a person."""
    return out_of(tx, caller, actions.change_person(tx, caller, person_id, version, body))


@router.delete("/people/{person_id}", status_code=204)
@writes
def delete_person(tx: Session, caller: CallerDep, person_id: PersonId, version: IfMatch) -> None:
    """Remove a person who has no part in any session."""
    actions.remove_person(tx, caller, person_id, version)


@router.get("/people/{person_id}/history")
@reads
def get_person_history(tx: Session, caller: CallerDep, person_id: PersonId) -> list[DeedOut]:
    """Read what was done to a person: which fields, never what they held."""
    return history(tx, get_person(tx, caller, person_id).id)


@router.get("/people/{person_id}/sessions")
@reads
def get_person_sessions(tx: Session, caller: CallerDep, person_id: PersonId) -> list[AppearanceOut]:
    """List a person's parts in the drafts that the caller works on."""
    return appearances_of(tx, caller, get_person(tx, caller, person_id))


@router.get("/editions/{ref}/people/{person_id}/windows")
@reads
def get_person_windows(tx: Session, caller: CallerDep, ref: Ref, person_id: PersonId) -> list[PersonWindowOut]:
    """List when a person can attend an edition; none: always."""
    edition = get_inside(tx, caller, ref)
    return windows_of(tx, edition, get_person(tx, caller, person_id).id)


@router.put("/editions/{ref}/people/{person_id}/windows")
@writes
def put_person_windows(
    tx: Session, caller: CallerDep, ref: Ref, person_id: PersonId, version: IfMatch, body: PersonWindowsIn
) -> PersonOut:
    """Set when a person can attend an edition."""
    return out_of(tx, caller, actions.put_windows(tx, caller, ref, person_id, version, body))
