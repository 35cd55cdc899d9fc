"""What a nomination still lacks, its document and its receipts, narrowed to those who read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.attachments.models import Attachment
from services.awards.attachments.queries import current_of, missing_in, said_of
from services.awards.consents.queries import standing_of
from services.awards.consents.rules import ROLE_NAMES, Asked, is_of_age, needed_roles, outstanding
from services.awards.cycles.definitions import Definition
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import deadline_for, definition_at
from services.awards.eligibility.days import completed_years
from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.queries import rules_of
from services.awards.eligibility.reading import facts_of
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Answer, Verdict
from services.awards.eligibility.schemas import VerdictOut
from services.awards.nominations.filling import faults_by, full_validators
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import (
    cycle_of,
    find_in_cycle,
    find_nomination,
    get_read,
    get_written,
    path_to,
    read_by,
)
from services.awards.nominations.rules import NominationPart, NominationState, category_in
from services.awards.nominations.sealed import opened_in, told_in
from services.awards.programmes.identity import born_of
from services.awards.programmes.rules import StageKind
from services.awards.quotas.queries import has_slot, slot_of, terms_of
from services.awards.submissions.models import Submission, UnitNotice
from services.awards.submissions.rules import (
    ATTACHMENT_ABSENT,
    CONSENT_WORDS,
    KIND_ABSENT,
    NO_SLOT,
    Lack,
    LackKind,
    lacks_of_notice,
)
from services.awards.submissions.schemas import LackOut, ReadinessOut, SubmissionOut, UnitNoticeOut
from shared.caller import Caller
from shared.db import calendar_of
from shared.errors import Forbidden, NotFound
from shared.keys import sealer_of
from shared.paging import Page, PageQuery, paginate
from shared.text import Text
from shared.times import PlannedTime
from shared.workdays import WorkCalendar, working_days_between


@dataclass(frozen=True)
class Standard:
    """What nominations of a cycle are held against: the definition that holds, the year they are due in, the working days."""

    cycle: Cycle
    definition: Definition
    year: int | None
    calendar: WorkCalendar

    @cached_property
    def rules(self) -> RuleSet:
        """The rules of eligibility; raises `NoRulesYet`."""
        return rules_of(self.definition)

    def category_of(self, nomination: Nomination) -> Mapping[str, Any]:
        """Return the category of a nomination; raise `NotInDefinition`."""
        return category_in(self.definition.content, nomination.category)


def standard_of(tx: Session, cycle: Cycle, now: datetime) -> Standard:
    """Return what the nominations of a cycle are held against now."""
    return standard_until(tx, cycle, now, deadline_for(tx, cycle, StageKind.SUBMISSION_DEADLINE, ()))


def standard_until(tx: Session, cycle: Cycle, now: datetime, until: PlannedTime | None) -> Standard:
    """Return the same for whoever knows the deadline of the cycle, put off for nobody."""
    return Standard(cycle, definition_at(tx, cycle, now), until.local.year if until else None, calendar_of(tx))


def facts_by(standard: Standard, nomination: Nomination, content: Mapping[str, Any]) -> Facts:
    """Return the facts of a candidate, those that rules read in what is filled in among them."""
    known = {
        "category": nomination.category,
        "kind": nomination.candidate_kind or None,
        "number": standard.cycle.number,
        "year": standard.year,
    }
    told = {name: value for name, value in known.items() if value is not None}
    return facts_of(standard.rules, content, told)


def verdict_by(standard: Standard, facts: Facts) -> Verdict:
    """Return what the rules that hold say of a candidate; nothing is kept."""
    return evaluate(standard.rules, facts, standard.calendar)


def live_verdict(tx: Session, caller: Caller, nomination_id: str, now: datetime) -> VerdictOut:
    """Return what the rules say of what the caller reads in a nomination; raise `NotFound`, `Forbidden`."""
    nomination, cycle, part = find_in_cycle(tx, caller, nomination_id)
    content = read_by(nomination, part)
    if content is None:
        raise Forbidden()
    standard = standard_of(tx, cycle, now)
    return VerdictOut.model_validate(verdict_by(standard, facts_by(standard, nomination, content)))


def local_day(cycle: Cycle, now: datetime) -> date:
    """Return the day on which an instant falls, by the cycle's own calendar."""
    return now.astimezone(ZoneInfo(cycle.zone)).date()


def lacks_of(
    tx: Session,
    standard: Standard,
    nomination: Nomination,
    papers: Sequence[Attachment],
    document: Mapping[str, Any],
    facts: Facts,
    now: datetime,
) -> list[Lack]:
    """Return all that stands against handing a nomination in but eligibility, in the order in which a form shows it.

    `document` and `facts` are those of what is written by now.
    """
    category, definition = standard.category_of(nomination), standard.definition.content
    plain = opened_in(nomination.content, sealer_of(tx))
    lacks = [
        Lack(LackKind.FIELD, fault.pointer, fault.code, fault.message)
        for fault in faults_by(standard.definition.made(full_validators)[nomination.category], plain)
    ]
    if category["candidate_kinds"] and not nomination.candidate_kind:
        lacks.insert(0, Lack(LackKind.FIELD, "/candidate_kind", "required", KIND_ABSENT))
    lacks += [
        Lack(
            LackKind.ATTACHMENT,
            f"/attachments/{item['key']}",
            "absent",
            ATTACHMENT_ABSENT.format(name=Text(**item["name"])),
        )
        for item in missing_in(definition, nomination, papers)
    ]
    born_on = facts.born_on or _born_by_number(category, plain)
    standing = standing_of(tx, nomination, document["content"], papers, now)
    lacks += _lacks_of_consents(category, standing, born_on, local_day(standard.cycle, now))
    days = definition["unit_notice_days"] or 0
    notice = tx.get(UnitNotice, nomination.id) if days else None
    shown = notice is not None and notice.scan_id in {row.id for row in papers}
    told = (notice.from_on, notice.to_on, notice.outcome, shown) if notice else None
    return lacks + lacks_of_notice(days, told, local_day(standard.cycle, now), standard.calendar)


def _lacks_of_consents(
    category: Mapping[str, Any], standing: Sequence[tuple[str, Asked]], born_on: date | None, today: date
) -> Iterator[Lack]:
    years = completed_years(born_on, today) if born_on else 0
    needed = needed_roles(category["subject"], of_age=is_of_age(born_on, years))
    for role, state in outstanding(standing, needed):
        code = state.value if state else "absent"
        words = CONSENT_WORDS[code].format(role=ROLE_NAMES[role])
        yield Lack(LackKind.CONSENT, f"/roles/{role}", code, words)


def _born_by_number(category: Mapping[str, Any], plain: Mapping[str, Any]) -> date | None:
    """Return the day of birth that the candidate's own identity number names."""
    for name, field in category["form"]["schema"]["properties"].items():
        if field.get("format") == "identity-number" and isinstance(plain.get(name), str):
            return born_of(plain[name])
    return None


def readiness(tx: Session, caller: Caller, nomination_id: str, now: datetime) -> ReadinessOut:
    """Return what stands against handing a nomination in, for those who write it: the office reads what was handed in alone."""
    nomination = get_written(tx, caller, nomination_id)
    cycle, papers = cycle_of(tx, nomination), current_of(tx, nomination.id)
    standard = standard_of(tx, cycle, now)
    facts = facts_by(standard, nomination, nomination.content)
    document = document_of(tx, nomination, papers)
    lacks = lacks_of(tx, standard, nomination, papers, document, facts, now)
    verdict = verdict_by(standard, facts)
    lacks += [*lacks_of_verdict(verdict), *_lacks_of_quota(tx, cycle, nomination, now)]
    last = last_of(tx, nomination.id)
    return ReadinessOut(
        ready=not lacks,
        lacks=[LackOut.model_validate(lack) for lack in lacks],
        eligibility=VerdictOut.model_validate(verdict),
        until=_until(tx, cycle, nomination),
        now=now,
        unsubmitted=last is not None and last.document != document,
    )


def _lacks_of_quota(tx: Session, cycle: Cycle, nomination: Nomination, now: datetime) -> Iterator[Lack]:
    """Yield that there is no slot, as it is by now: handing in tells for certain."""
    counted = nomination.category in terms_of(tx, cycle, now).quotas
    if not counted or has_slot(tx, nomination.id):
        return
    if slot_of(tx, cycle, nomination.unit_id, nomination.category, nomination.groups) is None:
        yield Lack(LackKind.QUOTA, "/quota", "exceeded", NO_SLOT)


def _until(tx: Session, cycle: Cycle, nomination: Nomination) -> datetime | None:
    if nomination.state == NominationState.RETURNED:
        return nomination.correct_until
    path = path_to(tx, nomination)
    planned: PlannedTime | None = deadline_for(tx, cycle, StageKind.SUBMISSION_DEADLINE, path, nomination.id)
    return planned.utc() if planned else None


def lacks_of_verdict(verdict: Verdict) -> list[Lack]:
    """Return the rules that bar a candidate; what is unknown bars nobody before the check."""
    return [
        Lack(LackKind.ELIGIBILITY, f"/eligibility/{rule.key}", "not_eligible", rule.words)
        for rule in verdict.rules
        if rule.answer is Answer.NOT_ELIGIBLE
    ]


def document_of(tx: Session, nomination: Nomination, papers: Sequence[Attachment]) -> dict[str, Any]:
    """Return what is handed in as a document: all that a nomination says, and the hashes of its papers."""
    return {
        "nomination": nomination.id,
        "cycle": nomination.cycle_id,
        "unit": nomination.unit_id,
        "route": nomination.route,
        "category": nomination.category,
        "candidate_kind": nomination.candidate_kind,
        "groups": nomination.groups,
        "content": told_in(nomination.content, sealer_of(tx)),
        "attachments": said_of(papers),
    }


def last_of(tx: Session, nomination_id: str) -> Submission | None:
    """Return what counts of a nomination, nothing before it was handed in."""
    rows = select(Submission).where(Submission.nomination_id == nomination_id)
    return tx.scalar(rows.order_by(Submission.turn.desc()).limit(1))


def get_submission(tx: Session, caller: Caller, nomination_id: str, turn: int | None = None) -> Submission:
    """Return what was handed in, the last time or another; raise `NotFound`, `Forbidden`."""
    nomination = get_read(tx, caller, nomination_id)
    rows = select(Submission).where(Submission.nomination_id == nomination.id)
    if turn is not None:
        rows = rows.where(Submission.turn == turn)
    found = tx.scalar(rows.order_by(Submission.turn.desc()).limit(1))
    if found is None:
        raise NotFound()
    return found


def get_handed_in(tx: Session, caller: Caller, nomination_id: str, turn: int) -> dict[str, Any]:
    """Return what was handed in, whole, for the unit and the office: papers are named in it that a candidate is not shown.

    Raises `NotFound`, `Forbidden`.
    """
    if find_nomination(tx, caller, nomination_id)[1] is NominationPart.CANDIDATE:
        raise Forbidden()
    return get_submission(tx, caller, nomination_id, turn).document


def list_submissions(tx: Session, caller: Caller, nomination_id: str, query: PageQuery) -> Page[SubmissionOut]:
    """Return one page of what was handed in, the last first."""
    nomination = get_read(tx, caller, nomination_id)
    statement = select(Submission).where(Submission.nomination_id == nomination.id)
    rows, following, total = paginate(tx, statement, query, Submission.id, Submission.turn, descending=True)
    return Page(items=[SubmissionOut.model_validate(row) for row in rows], next=following, total=total)


def notice_out(tx: Session, nomination: Nomination, now: datetime) -> UnitNoticeOut:
    """Return the unit's notice as it is answered."""
    needed = definition_at(tx, cycle_of(tx, nomination), now).content["unit_notice_days"] or 0
    notice = tx.get(UnitNotice, nomination.id)
    if notice is None:
        return UnitNoticeOut(needed_days=needed)
    own = {name: getattr(notice, name) for name in UnitNoticeOut.model_fields if hasattr(notice, name)}
    days, provisional = working_days_between(notice.from_on, notice.to_on, calendar_of(tx))
    counted = {"working_days": max(days, 0), "needed_days": needed, "provisional": provisional}
    return UnitNoticeOut.model_validate(own | counted)
