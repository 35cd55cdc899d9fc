"""What is done with nominations: begun by a unit or with a code, written in by several at once, removed as drafts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.cycles.actions import note
from services.awards.cycles.definitions import Definition
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, get_cycle, office_of
from services.awards.cycles.rules import Phase, check_takes
from services.awards.nominations import queries, rules
from services.awards.nominations.filling import faults_while_written, form_in, name_in, pointer_to
from services.awards.nominations.models import Nomination, NominationRevision
from services.awards.nominations.rules import NominationState
from services.awards.nominations.schemas import CodeNominationIn, IdentityIn, NominationIn, NominationPatch
from services.awards.nominations.sealed import masked_in, opened_in, sealed_in, seals_in
from services.awards.programmes.rules import Route
from services.awards.quotas.actions import give_back, use_code
from services.awards.quotas.rules import UnitEnded
from shared.caller import Caller
from shared.db import hold, new_id
from shared.editing import given
from shared.errors import Forbidden, NotFound, PreconditionFailed
from shared.keys import sealer_of
from shared.tree import get_node

CONTENT = "/content/"


def begin(tx: Session, caller: Caller, now: datetime, body: NominationIn) -> Nomination:
    """Begin a nomination of a unit; raise `Forbidden`, `NotOpenYet`, `NotInDefinition`, `UnitEnded`, `ContentInvalid`."""
    cycle = get_cycle(tx, caller, body.cycle)
    check_nominates(tx, caller, cycle, body.unit_id)
    nomination = Nomination(id=new_id(), unit_id=body.unit_id, category=body.category, route=Route.UNIT.value)
    return _begin(tx, caller, now, cycle, nomination, body)


def check_nominates(tx: Session, caller: Caller, cycle: Cycle, unit_id: str) -> None:
    """Raise `Forbidden` unless the caller works for a unit, or stands in for who does; in a rehearsal the office plays all."""
    stands_in = cycle.rehearsal_of is not None and office_of(tx, caller, cycle)
    if not (stands_in or rules.nominates_for(caller, unit_id) or unit_id in queries.stood_in_for(tx, caller)):
        raise Forbidden()


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
    rules.category_in(definition.content, nomination.category)
    if get_node(tx, nomination.unit_id).status != "active":
        raise UnitEnded()
    nomination.cycle_id, nomination.definition, nomination.state = cycle.id, definition.number, NominationState.DRAFT
    nomination.candidate_kind, nomination.content, nomination.groups = "", {}, nomination.groups or []
    nomination.made_at, nomination.made_by, nomination.version = now, caller.account_id, 1
    tx.add(nomination)
    _put(tx, caller.account_id, now, nomination, definition, _wanted(tx, definition, nomination, body, {}))
    told = {"unit": nomination.unit_id, "category": nomination.category, "route": nomination.route}
    note_begun = note_own if nomination.route == Route.CODE else note_deed
    note_begun(tx, caller, nomination, "nomination.begun", **told)
    return nomination


def write(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int, body: NominationPatch
) -> Nomination:
    """Write in a nomination as somebody who has read its `version`, which may be older than what others have written since.

    Changes of different places come together. Raises `FieldsChangedByBoth`, with both words for it, where somebody else
    has changed the same; `ContentInvalid`; and what `get_edited` does.
    """
    nomination = queries.get_edited(tx, caller, nomination_id, now)
    if changes := write_in(tx, caller.account_id, now, nomination, version, body):
        note_change(tx, caller, nomination, changes)
    return nomination


def note_change(tx: Session, caller: Caller | None, nomination: Nomination, places: Iterable[str]) -> None:
    """Record where something was changed that had been handed in; what becomes of drafts, their revisions tell."""
    if nomination.submitted_at is not None:
        note_deed(tx, caller, nomination, "nomination.changed", places=sorted(places))


def write_in(
    tx: Session, by: str, now: datetime, nomination: Nomination, version: int, body: NominationPatch
) -> dict[str, Any]:
    """Write in a nomination that is held, for an account or a role; return what was changed, by place."""
    check_known(nomination, version)
    cycle = queries.cycle_of(tx, nomination)
    definition, current = definition_at(tx, cycle, now), places_of(nomination)
    base = queries.base_of(tx, nomination, version, current)
    wanted = _wanted(tx, definition, nomination, body, base)
    changes, clashes = rules.merged(current, base, wanted)
    if clashes:
        raise rules.FieldsChangedByBoth(
            yours=version,
            current=nomination.version,
            clashes=[masked_in(_told(clash), sealer_of(tx)) for clash in clashes],
        )
    if changes:
        nomination.version += 1
        _put(tx, by, now, nomination, definition, changes)
    return changes


def check_known(nomination: Nomination, version: int) -> None:
    """Raise `PreconditionFailed` for a version that there has not been yet; an older one may be written upon."""
    if version > nomination.version:
        raise PreconditionFailed(yours=version, current=nomination.version)


def places_of(nomination: Nomination) -> dict[str, Any]:
    """Return what a nomination says, by the JSON pointer of each place that is written on its own."""
    content = {CONTENT + pointer_to(name)[1:]: value for name, value in nomination.content.items()}
    return {"/candidate_kind": nomination.candidate_kind, "/groups": nomination.groups, **content}


def _told(clash: rules.Clash) -> dict[str, Any]:
    return {"pointer": clash.place, "base": clash.base, "yours": clash.yours, "theirs": clash.theirs}


def _wanted(
    tx: Session,
    definition: Definition,
    nomination: Nomination,
    body: NominationPatch,
    base: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what is sent, by place, with identity numbers sealed: those of `base` and of what stands there stay the same."""
    sent = given(body)
    form = form_in(definition.content, nomination.category)
    before = {_name_in(place): value for place, value in base.items() if place.startswith(CONTENT)}
    schema, sent_content = form["schema"] if form else {}, sent.get("content", {})
    content = sealed_in(schema, sent_content, before, nomination.content, sealer_of(tx))
    places = {CONTENT + pointer_to(name)[1:]: value for name, value in content.items()}
    return {f"/{name}": sent[name] for name in ("candidate_kind", "groups") if name in sent} | places


def _put(
    tx: Session,
    by: str,
    now: datetime,
    nomination: Nomination,
    definition: Definition,
    changes: Mapping[str, Any],
) -> None:
    """Put changes into a nomination and keep what stood there before."""
    before = places_of(nomination)
    after = {**before, **changes}
    content = {_name_in(place): value for place, value in after.items() if place.startswith(CONTENT)}
    nomination.content = {name: value for name, value in content.items() if value is not None}
    nomination.candidate_kind, nomination.groups = after["/candidate_kind"], after["/groups"]
    _check(tx, definition.content, nomination)
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
                made_by=by,
            )
        )  # fmt: skip
        tx.flush()


def _name_in(place: str) -> str:
    return place.removeprefix(CONTENT).replace("~1", "/").replace("~0", "~")


def _check(tx: Session, definition: Mapping[str, Any], nomination: Nomination) -> None:
    category = rules.category_in(definition, nomination.category)
    if nomination.candidate_kind:
        rules.check_among(nomination.candidate_kind, [kind["key"] for kind in category["candidate_kinds"]])
    for group in nomination.groups:
        rules.check_among(group, [each["key"] for each in definition["groups"] or ()])
    plain = opened_in(nomination.content, sealer_of(tx))
    if category["form"] and (faults := faults_while_written(category["form"]["schema"], plain)):
        raise rules.ContentInvalid(count=len(faults), errors=faults)


def remove(tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int) -> None:
    """Remove a draft that was never handed in; the slot of its code, if it was made with one, is the unit's again."""
    nomination = queries.get_edited(tx, caller, nomination_id, now, version)
    if nomination.number is not None:
        raise rules.OnlyDraftsRemoved()
    give_back(tx, caller, now, queries.cycle_of(tx, nomination), nomination.id)
    note_deed(tx, caller, nomination, "nomination.removed", unit=nomination.unit_id)
    tx.delete(nomination)
    tx.flush()


def open_identity(tx: Session, caller: Caller, nomination_id: str, body: IdentityIn) -> str:
    """Return the identity number at a place in the clear, which goes on record with why; raise `NotFound`, `Forbidden`."""
    nomination, part = queries.find_nomination(tx, caller, nomination_id)
    content = queries.read_by(nomination, part)
    if content is None:
        raise Forbidden()
    sealed = {pointer_to("content", *place): seal for place, seal in seals_in(content).items()}.get(body.pointer)
    if sealed is None:
        raise NotFound()
    note_deed(tx, caller, nomination, "identity.opened", place=body.pointer, reason=body.reason)
    return sealer_of(tx).open(sealed)


def note_deed(tx: Session, caller: Caller | None, nomination: Nomination, verb: str, /, **change: Any) -> None:
    """Record a deed to a nomination under its cycle, and for whom a deputy did it; never what a nomination says."""
    behalf = queries.for_whom(tx, caller, nomination.unit_id) if caller else {}
    note_own(tx, caller, nomination, verb, **change, **behalf)


def note_own(tx: Session, caller: Caller | None, nomination: Nomination, verb: str, /, **change: Any) -> None:
    """Record a deed that somebody did for themselves, as a candidate does, whomever they stand in for besides."""
    note(tx, caller, queries.cycle_of(tx, nomination), verb, nomination=nomination.id, **change)


def inherit_nominations(tx: Session, unit_id: str, into_id: str) -> None:
    """Let the nominations that a unit has in cycles that go on be those of the unit it was merged into."""
    going_on = select(Cycle.id).where(Cycle.state.in_((Phase.OPEN.value, Phase.CLOSED.value)))
    rows = select(Nomination).where(Nomination.unit_id == unit_id, Nomination.cycle_id.in_(going_on))
    for nomination in tx.scalars(rows.order_by(Nomination.id)).all():
        hold(tx, nomination)
        nomination.unit_id = into_id
        nomination.version += 1
        note_deed(tx, None, nomination, "nomination.inherited", unit=[unit_id, into_id])
    tx.flush()
