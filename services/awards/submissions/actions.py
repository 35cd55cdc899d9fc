"""What is done with submissions: notices recorded, nominations handed in, taken back, returned for correction.

Handing in is one transaction: either there are a number, a slot, a receipt, a fact and a deed on record, or nothing is.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from services.awards.attachments.actions import hand_in
from services.awards.attachments.queries import current_among, current_of, given_to
from services.awards.cycles.models import Cycle, ToldDate
from services.awards.cycles.queries import check_submission, dates_of
from services.awards.cycles.rules import check_goes_on, is_announced
from services.awards.eligibility.actions import decide
from services.awards.eligibility.rules import Purpose
from services.awards.nominations.actions import check_known, note_deed
from services.awards.nominations.filling import name_in, pointer_to
from services.awards.nominations.models import Nomination
from services.awards.nominations.names import folded
from services.awards.nominations.queries import (
    check_open,
    cycle_of,
    find_in_cycle,
    find_nomination,
    for_whom,
    get_edited,
)
from services.awards.nominations.rules import (
    NOMINATION_STATE_NAMES,
    NominationPart,
    NominationState,
    check_written,
)
from services.awards.nominations.sealed import prints_in
from services.awards.programmes.rules import Route
from services.awards.quotas.actions import give_back, take_slot
from services.awards.quotas.queries import terms_in
from services.awards.submissions.dates import correction_entry, correction_entry_id
from services.awards.submissions.models import Submission, SubmittedIdentity, UnitNotice
from services.awards.submissions.queries import (
    Standard,
    document_of,
    facts_by,
    lacks_of,
    lacks_of_verdict,
    last_of,
    standard_of,
    standard_until,
)
from services.awards.submissions.rules import (
    NotHandedIn,
    NoticeDatesBackwards,
    ScanUnknown,
    check_clock,
    check_code_of,
    check_ready,
    number_of,
)
from services.awards.submissions.schemas import UnitNoticeIn, WithdrawalIn
from shared.backend import Written
from shared.caller import Caller
from shared.db import hold, in_turn, new_id, write_late
from shared.editing import apply, change
from shared.errors import Forbidden, check_version
from shared.keys import signer_of
from shared.ledger import emit
from shared.messages import awards as facts
from shared.signing import canonical
from shared.telling import tell

RECEIPT = "huitang-receipt-1"
"""What kind of document a receipt is, so that its signature stands for nothing else."""

_SUBMISSIONS, _PRINTS = (Submission.metadata.tables[name] for name in ("submissions", "submitted_identities"))
_KEEP_SUBMISSION, _KEEP_PRINTS = _SUBMISSIONS.insert(), _PRINTS.insert()
_ROWS = Nomination.__table__.c
_STANDING = (
    "serial", "number", "name", "folded_name", "submitted_at", "state", "correct_until", "definition", "changed_at",
    "version",
)  # fmt: skip
_COUNTS = (
    update(Nomination.__table__)  # type: ignore[arg-type]
    .where(_ROWS.id == bindparam("row"), _ROWS.version == bindparam("read"))
    .values({name: bindparam(name) for name in _STANDING} | {"handed_in": _ROWS.content})
)
_HIGHEST = select(func.max(_ROWS.serial)).where(_ROWS.cycle_id == bindparam("cycle"), _ROWS.category == bindparam("of"))


def put_notice(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int, body: UnitNoticeIn
) -> Nomination:
    """Record the notice that the unit gave; raise `Forbidden`, `NoticeDatesBackwards` and what `get_edited` does."""
    nomination = get_edited(tx, caller, nomination_id, now)
    _check_unit(tx, caller, nomination_id)
    notice = tx.get(UnitNotice, nomination.id)
    check_version(notice.version if notice else 0, version)
    if body.to_on < body.from_on:
        raise NoticeDatesBackwards()
    if body.scan_id and body.scan_id not in {row.id for row in current_of(tx, nomination.id)}:
        raise ScanUnknown()
    values = {**body.model_dump(exclude_unset=False), "outcome": body.outcome.value}
    if notice is None:
        tx.add(UnitNotice(nomination_id=nomination.id, made_at=now, made_by=caller.account_id, **values))
        changes: dict[str, Any] = values
    elif changes := apply(notice, values):
        notice.version += 1
    tx.flush()
    if changes:
        said = {name: value for name, value in changes.items() if name != "words"}  # which may name who objected
        note_deed(tx, caller, nomination, "unit_notice.recorded", **said)
    return nomination


def _check_unit(tx: Session, caller: Caller, nomination_id: str) -> None:
    if find_nomination(tx, caller, nomination_id)[1] is not NominationPart.UNIT:
        raise Forbidden()


def submit(tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int) -> Submission:
    """Hand a nomination in, or what was written since; asked again for the same, the receipt is the same.

    What counts is when the whole request had arrived. Raises `Forbidden`, `DeadlinePassed`, `CorrectionOver`,
    `NominationSettled`, `NotReady` with all that is missing, `QuotaExceeded`, `PreconditionFailed`.
    """
    nomination, cycle, part = find_in_cycle(tx, caller, nomination_id)
    hold(tx, nomination)
    if part is not NominationPart.UNIT:
        raise Forbidden()
    check_known(nomination, version)
    given = given_to(tx, nomination.id)
    papers = current_among(given)
    document = document_of(tx, nomination, papers)
    last = last_of(tx, nomination.id) if nomination.submitted_at else None
    if nomination.state == NominationState.SUBMITTED and last is not None and last.document == document:
        return last
    check_version(nomination.version, version)
    corrected = nomination.state == NominationState.RETURNED
    check_written(nomination.state, nomination.correct_until, now, handed_in=True)
    if corrected:
        check_goes_on(cycle.state)
        standard = standard_of(tx, cycle, now)
    else:
        until = check_submission(tx, cycle, nomination.unit_id, now, nomination.id)
        standard = standard_until(tx, cycle, now, until)
    candidate = facts_by(standard, nomination, nomination.content)
    lacks = lacks_of(tx, standard, nomination, papers, document, candidate, now)
    asked = (nomination.id, Purpose.SUBMISSION, candidate)
    verdict = decide(tx, caller, now, cycle, standard.definition, *asked)
    check_ready([*lacks, *lacks_of_verdict(verdict)])
    take_slot(
        tx, caller, now, cycle, standard.definition.made(terms_in), nomination.unit_id, nomination.category,
        nomination.groups, nomination.id,
        may_have_one=nomination.submitted_at is not None or nomination.route == Route.CODE,
    )  # fmt: skip
    hand_in(given)
    made = _hand_in(tx, caller, now, standard, nomination, document, turn=last.turn + 1 if last else 1)
    note_deed(
        tx, caller, nomination, "nomination.submitted", number=nomination.number, turn=made.turn, sha256=made.sha256
    )
    if cycle.rehearsal_of is None:
        emit(tx, facts.NominationSubmitted.of(told_of(cycle, nomination)))
    if corrected:
        _tell_clock(tx, cycle, nomination, now)
    return made


def _hand_in(
    tx: Session,
    caller: Caller,
    now: datetime,
    standard: Standard,
    nomination: Nomination,
    document: dict[str, Any],
    *,
    turn: int,
) -> Submission:
    """Give a nomination its number, if it has none, and its receipt; what it says counts from now on."""
    cycle, definition = standard.cycle, standard.definition
    serial, number = nomination.serial, nomination.number
    if number is None:
        serial = _next_serial(tx, cycle, nomination.category)
        number = number_of(cycle.slug, nomination.category, serial)
    name = name_in(standard.category_of(nomination)["form"], nomination.content)
    stands = {
        "serial": serial, "number": number, "name": name, "folded_name": folded(name), "submitted_at": now,
        "state": NominationState.SUBMITTED.value, "correct_until": None, "definition": definition.number,
        "changed_at": now, "version": nomination.version + 1,
    }  # fmt: skip
    change(tx, _COUNTS, nomination, stands, handed_in=nomination.content)
    written = canonical(document)
    digest = sha256(written).hexdigest()
    receipt = {
        "type": RECEIPT,
        "number": number,
        "nomination": nomination.id,
        "cycle": cycle.id,
        "turn": turn,
        "received_at": now.isoformat(timespec="milliseconds"),
        "sha256": digest,
        "check_code": check_code_of(digest),
    }
    made = {
        "id": new_id(), "nomination_id": nomination.id, "turn": turn, "definition": definition.number, "sha256": digest,
        "received_at": now, "check_code": receipt["check_code"], "receipt": signer_of(tx).signed(receipt),
        "made_by": caller.account_id, "stands_in_for": for_whom(tx, caller, nomination.unit_id).get("stands_in_for"),
    }  # fmt: skip
    tx.execute(_KEEP_SUBMISSION, made | {"document": Written(written.decode())})
    _keep_prints(tx, nomination, document["content"], turn)
    return Submission(**made, document=document)


def _next_serial(tx: Session, cycle: Cycle, category: str) -> int:
    in_turn(tx, f"nomination numbers {cycle.id} {category}")
    return (tx.scalar(_HIGHEST, {"cycle": cycle.id, "of": category}) or 0) + 1


def _keep_prints(tx: Session, nomination: Nomination, told: Any, turn: int) -> None:
    if turn > 1:
        tx.execute(delete(SubmittedIdentity).where(SubmittedIdentity.nomination_id == nomination.id))
    rows = [
        {
            "cycle_id": nomination.cycle_id,
            "nomination_id": nomination.id,
            "place": pointer_to("content", *place)[:400],
            "fingerprint": fingerprint,
        }
        for place, fingerprint in prints_in(nomination.content, told).items()
    ]
    write_late(tx, _KEEP_PRINTS, rows)


def withdraw(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int, body: WithdrawalIn
) -> Nomination:
    """Take a nomination back until its deadline, or while it is to be corrected; its slot is the unit's again.

    Until the deadline it may be handed in once more, under the same number. Raises `NotHandedIn` and what `submit` does.
    """
    nomination, part = find_nomination(tx, caller, nomination_id)
    hold(tx, nomination)
    if part is not NominationPart.UNIT:
        raise Forbidden()
    check_version(nomination.version, version)
    if nomination.state not in (NominationState.SUBMITTED, NominationState.RETURNED):
        raise NotHandedIn(state=NOMINATION_STATE_NAMES[nomination.state])
    check_open(tx, nomination, now)
    cycle = cycle_of(tx, nomination)
    give_back(tx, caller, now, cycle, nomination.id)
    set_state(tx, cycle, nomination, now, NominationState.WITHDRAWN)
    note_deed(tx, caller, nomination, "nomination.withdrawn", reason=body.reason)
    if cycle.rehearsal_of is None:
        emit(tx, facts.NominationWithdrawn.of(told_of(cycle, nomination)))
    return nomination


def return_for_correction(
    tx: Session, caller: Caller, now: datetime, nomination: Nomination, until: datetime, **said: Any
) -> None:
    """Give a nomination that is held back to its unit, to be handed in again until a time that the calendar is told.

    Who may is the matter of who checks; `said` goes on record. Raises `NotHandedIn`, `CorrectionTooShort`.
    """
    if nomination.state != NominationState.SUBMITTED:
        raise NotHandedIn(state=NOMINATION_STATE_NAMES[nomination.state])
    check_clock(until, now)
    cycle = cycle_of(tx, nomination)
    set_state(tx, cycle, nomination, now, NominationState.RETURNED, until)
    note_deed(tx, caller, nomination, "nomination.returned", until=until.isoformat(), **said)
    if cycle.rehearsal_of is None:
        emit(tx, facts.NominationReturned.of(told_of(cycle, nomination)))


def set_state(
    tx: Session,
    cycle: Cycle,
    nomination: Nomination,
    now: datetime,
    state: NominationState,
    until: datetime | None = None,
) -> None:
    """Let a nomination that is held stand otherwise; calendars are told of its clock, or that there is none any more."""
    nomination.state, nomination.correct_until, nomination.changed_at = state.value, until, now
    nomination.version += 1
    tx.flush()
    _tell_clock(tx, cycle, nomination, now)


def told_of(cycle: Cycle, nomination: Nomination) -> facts.NominationTold:
    """Return what a fact says of a nomination; nobody is named in it."""
    own = {name: getattr(nomination, name) for name in facts.NominationTold.model_fields if hasattr(nomination, name)}
    return facts.NominationTold(**own, nomination_id=nomination.id, programme_id=cycle.programme_id)


def _tell_clock(tx: Session, cycle: Cycle, nomination: Nomination, now: datetime) -> None:
    """Tell calendars until when a nomination is corrected, or that it need not be any more."""
    if not is_announced(cycle.state, cycle.rehearsal_of) or nomination.number is None:
        return
    entry = None
    if nomination.correct_until is not None:
        said = dates_of(tx, cycle)
        entry = correction_entry(
            nomination.id,
            nomination.number,
            nomination.unit_id,
            nomination.correct_until,
            cycle=said.name,
            zone=cycle.zone,
            topics=said.topics,
            organizer=said.organizer,
            now=now,
        )
    kinds = (facts.AwardsDateSet, facts.AwardsDateCancelled)
    tell(tx, ToldDate, {correction_entry_id(nomination.id): entry}, now, kinds, cycle_id=cycle.id)
