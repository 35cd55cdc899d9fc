"""What is done with nominations: begun by a unit or with a code, written in by several at once, removed as drafts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.awards.cycles.actions import note
from services.awards.cycles.models import Cycle, CycleDefinition
from services.awards.cycles.queries import definition_at, get_cycle, office_of
from services.awards.cycles.rules import check_takes
from services.awards.nominations import queries, rules
from services.awards.nominations.filling import faults_while_written, form_in, name_in, pointer_to
from services.awards.nominations.models import Nomination, NominationRevision
from services.awards.nominations.rules import NominationState
from services.awards.nominations.schemas import CodeNominationIn, NominationIn, NominationPatch
from services.awards.programmes.rules import Route
from services.awards.quotas.actions import use_code
from services.awards.quotas.rules import UnitEnded
from shared.caller import Caller
from shared.db import new_id
from shared.editing import given
from shared.errors import Forbidden, PreconditionFailed
from shared.tree import get_node

CONTENT = "/content/"


def begin(tx: Session, caller: Caller, now: datetime, body: NominationIn) -> Nomination:
    """Begin a nomination of a unit; raise `Forbidden`, `NotOpenYet`, `NotInDefinition`, `UnitEnded`, `ContentInvalid`."""
    cycle = get_cycle(tx, caller, body.cycle)
    stands_in = cycle.rehearsal_of is not None and office_of(tx, caller, cycle)
    if not (stands_in or rules.nominates_for(caller, body.unit_id)):
        raise Forbidden()
    nomination = Nomination(id=new_id(), unit_id=body.unit_id, category=body.category, route=Route.UNIT.value)
    return _begin(tx, caller, now, cycle, nomination, body)


def begin_with_code(tx: Session, caller: Caller, now: datetime, body: CodeNominationIn) -> Nomination:
    """Begin the caller's own nomination with a code; raise `CodeUnknown`, `CodeUsed`, `CodeWithdrawn` and what `begin` does."""
    id_ = new_id()
    code = use_code(tx, body.code, id_, now)
    nomination = Nomination(id=id_, unit_id=code.unit_id, category=code.category, route=Route.CODE.value)
    nomination.groups = [code.group] if code.group else []
    return _begin(tx, caller, now, tx.get_one(Cycle, code.cycle_id), nomination, body)


def _begin(
    tx: Session, caller: Caller, now: datetime, cycle: Cycle, nomination: Nomination, body: NominationPatch
) -> Nomination:
    check_takes(cycle.state, None, now)
    definition = definition_at(tx, cycle, now)
    if nomination.route not in (definition.content["routes"] or ()):
        raise rules.RouteNotOffered()
    rules.check_among(nomination.category, [each["key"] for each in definition.content["categories"]])
    if get_node(tx, nomination.unit_id).status != "active":
        raise UnitEnded()
    nomination.cycle_id, nomination.definition, nomination.state = cycle.id, definition.number, NominationState.DRAFT
    nomination.candidate_kind, nomination.content, nomination.groups = "", {}, nomination.groups or []
    nomination.made_at, nomination.made_by, nomination.version = now, caller.account_id, 1
    tx.add(nomination)
    _put(tx, caller, now, nomination, definition, _wanted(body))
    told = {"unit": nomination.unit_id, "category": nomination.category, "route": nomination.route}
    note(tx, caller, cycle, "nomination.begun", nomination=nomination.id, **told)
    return nomination


def write(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int, body: NominationPatch
) -> Nomination:
    """Write in a nomination as somebody who has read its `version`, which may be older than what others have written since.

    Changes of different places come together. Raises `FieldsChangedByBoth`, with both words for it, where somebody else
    has changed the same; `ContentInvalid`; and what `get_edited` does.
    """
    nomination = queries.get_edited(tx, caller, nomination_id, now)
    if version > nomination.version:
        raise PreconditionFailed(yours=version, current=nomination.version)
    wanted, current = _wanted(body), places_of(nomination)
    base = queries.base_of(tx, nomination, version, current)
    changes, clashes = rules.merged(current, base, wanted)
    if clashes:
        raise rules.FieldsChangedByBoth(
            yours=version,
            current=nomination.version,
            clashes=[{"pointer": c.place, "base": c.base, "yours": c.yours, "theirs": c.theirs} for c in clashes],
        )
    if changes:
        cycle = queries.cycle_of(tx, nomination)
        nomination.version += 1
        _put(tx, caller, now, nomination, definition_at(tx, cycle, now), changes)
        if nomination.submitted_at is not None:
            note(tx, caller, cycle, "nomination.changed", nomination=nomination.id, places=sorted(changes))
    return nomination


def places_of(nomination: Nomination) -> dict[str, Any]:
    """Return what a nomination says, by the JSON pointer of each place that is written on its own."""
    content = {CONTENT + pointer_to(name)[1:]: value for name, value in nomination.content.items()}
    return {"/candidate_kind": nomination.candidate_kind, "/groups": nomination.groups, **content}


def _wanted(body: NominationPatch) -> dict[str, Any]:
    sent = given(body)
    content = {CONTENT + pointer_to(name)[1:]: value for name, value in sent.get("content", {}).items()}
    return {f"/{name}": sent[name] for name in ("candidate_kind", "groups") if name in sent} | content


def _put(
    tx: Session,
    caller: Caller,
    now: datetime,
    nomination: Nomination,
    definition: CycleDefinition,
    changes: Mapping[str, Any],
) -> None:
    """Put changes into a nomination and keep what stood there before."""
    before = places_of(nomination)
    after = {**before, **changes}
    content = {_name_in(place): value for place, value in after.items() if place.startswith(CONTENT)}
    nomination.content = {name: value for name, value in content.items() if value is not None}
    nomination.candidate_kind, nomination.groups = after["/candidate_kind"], after["/groups"]
    _check(definition.content, nomination)
    form = form_in(definition.content, nomination.category)
    if form and nomination.state != NominationState.SUBMITTED:
        nomination.name = name_in(form, nomination.content)
    nomination.changed_at = now
    tx.flush()
    if changes:
        said = {place: [before.get(place), value] for place, value in changes.items()}
        tx.add(
            NominationRevision(
                nomination_id=nomination.id, version=nomination.version, changes=said, made_at=now,
                made_by=caller.account_id,
            )
        )  # fmt: skip
        tx.flush()


def _name_in(place: str) -> str:
    return place.removeprefix(CONTENT).replace("~1", "/").replace("~0", "~")


def _check(definition: Mapping[str, Any], nomination: Nomination) -> None:
    category = next(each for each in definition["categories"] if each["key"] == nomination.category)
    if nomination.candidate_kind:
        rules.check_among(nomination.candidate_kind, [kind["key"] for kind in category["candidate_kinds"]])
    for group in nomination.groups:
        rules.check_among(group, [each["key"] for each in definition["groups"] or ()])
    if category["form"] and (faults := faults_while_written(category["form"]["schema"], nomination.content)):
        raise rules.ContentInvalid(count=len(faults), errors=faults)


def remove(tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int) -> None:
    """Remove a draft that was never handed in; the slot of a code stays with whoever has the code."""
    nomination = queries.get_edited(tx, caller, nomination_id, now, version)
    if nomination.number is not None:
        raise rules.OnlyDraftsRemoved()
    cycle = queries.cycle_of(tx, nomination)
    note(tx, caller, cycle, "nomination.removed", nomination=nomination.id, unit=nomination.unit_id)
    tx.delete(nomination)
    tx.flush()
