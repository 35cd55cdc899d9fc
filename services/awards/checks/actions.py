"""What is done in the check: a nomination taken in hand, opinions given, nominations returned together, reasons written.

Whoever acts holds the nomination until the commit, so that of two officers who meet one is told of the other.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from services.awards.checks import rules
from services.awards.checks.models import CheckOpinion, CheckReasons, FormalCheck
from services.awards.checks.queries import first_of, reasons_of
from services.awards.checks.rules import CheckOutcome
from services.awards.checks.schemas import BulkReturnIn, CheckReasonsIn, GivenReasonOut, OpinionIn, TakeIn
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import deadline_for, get_run
from services.awards.cycles.rules import Phase, check_state
from services.awards.eligibility.actions import decide
from services.awards.eligibility.rules import Answer, Purpose
from services.awards.nominations.actions import note_deed
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import get_office, path_to
from services.awards.nominations.rules import NOMINATION_STATE_NAMES, NominationState, has_place
from services.awards.programmes.models import Programme
from services.awards.programmes.queries import get_run as get_run_programme
from services.awards.programmes.rules import StageKind
from services.awards.submissions.actions import return_for_correction, set_state, told_of
from services.awards.submissions.queries import facts_by, last_of, standard_of
from shared.audit import record
from shared.caller import Caller
from shared.db import calendar_of, hold
from shared.errors import NotFound, check_version
from shared.ledger import emit
from shared.messages import awards as facts
from shared.text import Text


def take(tx: Session, caller: Caller, now: datetime, nomination_id: str, body: TakeIn) -> Nomination:
    """Take a nomination in hand; raise `InOtherHands`, `NotInTheCheck`."""
    nomination, _ = _held(tx, caller, nomination_id)
    _check_going_on(nomination)
    check = _check_of(tx, nomination)
    if not body.from_other:
        rules.check_hands(check.taken_by, check.taken_at, caller.account_id)
    if check.taken_by != caller.account_id:
        note_deed(tx, caller, nomination, "check.taken", taken_from=check.taken_by)
        check.taken_by, check.taken_at = caller.account_id, now
    return nomination


def release(tx: Session, caller: Caller, nomination_id: str) -> Nomination:
    """Let a nomination go that one has in hand; raise `InOtherHands`."""
    nomination, _ = _held(tx, caller, nomination_id)
    check = _check_of(tx, nomination)
    rules.check_hands(check.taken_by, check.taken_at, caller.account_id)
    check.taken_by = check.taken_at = None
    return nomination


def _held(tx: Session, caller: Caller, nomination_id: str) -> tuple[Nomination, Cycle]:
    nomination, cycle = get_office(tx, caller, nomination_id)
    hold(tx, nomination)
    check_state(cycle.state, "check", Phase.OPEN, Phase.CLOSED)
    return nomination, cycle


def _check_of(tx: Session, nomination: Nomination) -> FormalCheck:
    check = tx.get(FormalCheck, nomination.id)
    if check is None:
        check = FormalCheck(nomination_id=nomination.id, cycle_id=nomination.cycle_id)
        tx.add(check)
    return check


def _check_going_on(nomination: Nomination) -> None:
    if nomination.state not in (NominationState.SUBMITTED, NominationState.RETURNED):
        raise rules.NotInTheCheck(state=NOMINATION_STATE_NAMES[nomination.state])


def give_opinion(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, version: int, body: OpinionIn
) -> Nomination:
    """Say what becomes of a nomination. A return takes effect at once; to pass or reject, a second person says the same.

    Where the second says otherwise, both are void and it is back in the queue. Raises `InOtherHands`, `SecondPerson`,
    `NotInTheCheck`, `ReasonUnnamed`, `RemarkMisplaced`, `NotEligible`, `UnknownUnexplained`, `StillCorrected`.
    """
    nomination, cycle = _held(tx, caller, nomination_id)
    check_version(nomination.version, version)
    _give(tx, caller, now, cycle, nomination, body)
    return nomination


def _give(tx: Session, caller: Caller, now: datetime, cycle: Cycle, nomination: Nomination, body: OpinionIn) -> str:
    check = _check_of(tx, nomination)
    rules.check_hands(check.taken_by, check.taken_at, caller.account_id)
    _check_state(nomination, body.outcome, now)
    known = {each.key: each for each in reasons_of(tx, cycle.programme_id)}
    rules.check_reasons(body.outcome, body.reasons, body.words, known.values())
    if body.remarks:
        form = standard_of(tx, cycle, now).category_of(nomination)["form"]
        rules.check_remarks(body.outcome, [has_place(form["schema"], each.pointer) for each in body.remarks])
    first_by = first_of(nomination, check)
    rules.check_second(first_by, caller.account_id)
    if body.outcome is CheckOutcome.PASS:
        _decide(tx, caller, now, cycle, nomination, body.words)
    effect = _effect_of(body.outcome, check.first_outcome if first_by else None)
    last = last_of(tx, nomination.id)
    opinion = CheckOpinion(
        cycle_id=cycle.id, nomination_id=nomination.id, turn=last.turn if last else 0, outcome=body.outcome.value,
        effect=effect, words=body.words, made_at=now, made_by=caller.account_id,
        reasons=[GivenReasonOut.model_validate(known[key]).model_dump() for key in body.reasons],
        remarks=[each.model_dump() for each in body.remarks],
    )  # fmt: skip
    tx.add(opinion)
    waits = effect == "first"
    check.taken_by = check.taken_at = None
    check.first_by, check.first_at = (caller.account_id, now) if waits else (None, None)
    check.first_outcome, check.turn = body.outcome.value if waits else None, opinion.turn
    tx.flush()
    said = {"outcome": body.outcome.value, "effect": effect, "reasons": list(body.reasons)}
    note_deed(tx, caller, nomination, "check.opinion", **said)
    if effect == rules.FINAL:
        _settle(tx, caller, now, cycle, nomination, body)
    return effect


def _effect_of(outcome: CheckOutcome, first: str | None) -> str:
    if first is not None:
        return rules.FINAL if outcome == first else "disagreed"
    return rules.FINAL if outcome is CheckOutcome.RETURN else "first"


def _check_state(nomination: Nomination, outcome: CheckOutcome, now: datetime) -> None:
    if nomination.state == NominationState.SUBMITTED:
        return
    if nomination.state != NominationState.RETURNED or outcome is not CheckOutcome.REJECT:
        raise rules.NotInTheCheck(state=NOMINATION_STATE_NAMES[nomination.state])
    if nomination.correct_until is not None and now <= nomination.correct_until:
        raise rules.StillCorrected(until=nomination.correct_until.isoformat(timespec="minutes"))


def _decide(tx: Session, caller: Caller, now: datetime, cycle: Cycle, nomination: Nomination, words: str) -> None:
    """Decide eligibility again by what is handed in; what bars forbids to pass, what is unknown asks for words."""
    content, standard = nomination.handed_in or {}, standard_of(tx, cycle, now)
    candidate = facts_by(standard, nomination, content)
    verdict = decide(tx, caller, now, cycle, standard.definition, nomination.id, Purpose.CHECK, candidate)
    if verdict.answer is Answer.NOT_ELIGIBLE:
        barring = [rule.clause for rule in verdict.rules if rule.answer is Answer.NOT_ELIGIBLE]
        listed = Text(
            "；".join(each.in_("zh").rstrip("。") for each in barring), "; ".join(each.in_("en") for each in barring)
        )
        raise rules.NotEligible(rules=listed)
    if verdict.answer is Answer.UNKNOWN and not words.strip():
        raise rules.UnknownUnexplained()


def _settle(tx: Session, caller: Caller, now: datetime, cycle: Cycle, nomination: Nomination, body: OpinionIn) -> None:
    if body.outcome is CheckOutcome.RETURN:
        until = _clock(tx, cycle, nomination, now, body.working_days)
        return_for_correction(tx, caller, now, nomination, until, reasons=list(body.reasons))
        return
    passed = body.outcome is CheckOutcome.PASS
    set_state(tx, cycle, nomination, now, NominationState.PASSED if passed else NominationState.REJECTED)
    verb = "nomination.passed" if passed else "nomination.rejected"
    note_deed(tx, caller, nomination, verb, reasons=list(body.reasons))
    if cycle.rehearsal_of is None:
        kind = facts.NominationPassed if passed else facts.NominationRejected
        emit(tx, kind.of(told_of(cycle, nomination)))


def _clock(tx: Session, cycle: Cycle, nomination: Nomination, now: datetime, days: int) -> datetime:
    """Return when a correction ends: after so many working days, and no later than corrections end in the cycle."""
    until, _ = rules.clock_of(days, cycle.zone, now, calendar_of(tx))
    last = deadline_for(tx, cycle, StageKind.CORRECTION_DEADLINE, path_to(tx, nomination), nomination.id)
    return min(until, last.utc()) if last and last.utc() > now else until


def return_together(tx: Session, caller: Caller, now: datetime, ref: str, body: BulkReturnIn) -> list[Nomination]:
    """Return nominations of a cycle for one reason, all or none; raise `FirstOpinionStands` and what an opinion does."""
    cycle = get_run(tx, caller, ref)
    opinion = OpinionIn(
        outcome=CheckOutcome.RETURN, reasons=body.reasons, words=body.words, working_days=body.working_days
    )
    returned = []
    for nomination_id in sorted(
        set(body.nomination_ids)
    ):  # in one order, so that two never wait for each other for ever
        nomination, of = _held(tx, caller, nomination_id)
        if of.id != cycle.id:
            raise NotFound()
        if first_of(nomination, tx.get(FormalCheck, nomination.id)):
            raise rules.FirstOpinionStands(number=nomination.number)
        _give(tx, caller, now, cycle, nomination, opinion)
        returned.append(nomination)
    return returned


def write_reasons(tx: Session, caller: Caller, ref: str, version: int, body: CheckReasonsIn) -> Programme:
    """Give a programme reasons of its own, or with none the usual ones again; raise `PreconditionFailed`."""
    programme = get_run_programme(tx, caller, ref)
    hold(tx, programme)
    own = tx.get(CheckReasons, programme.id)
    check_version(own.version if own else 0, version)
    reasons = [each.model_dump(mode="json") for each in body.reasons]
    if own is None and reasons:
        tx.add(CheckReasons(programme_id=programme.id, reasons=reasons))
    elif own is not None and reasons:
        own.reasons, own.version = reasons, own.version + 1
    elif own is not None:
        tx.delete(own)
    tx.flush()
    record(tx, caller, "check_reasons.written", programme.id, keys=[each.key for each in body.reasons])
    return programme
