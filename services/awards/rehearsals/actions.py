"""What is done with samples: a job makes them in a rehearsal, each by the steps that units, candidates and officers take.

They go with the rehearsal, as all of it does. Where a step is refused, as handing in is behind the deadline, a sample stays
where it is: that is what a rehearsal is for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.attachments.actions import attach_kept
from services.awards.attachments.queries import current_of, items_of
from services.awards.attachments.rules import NOTICE_KEY
from services.awards.attachments.schemas import AttachmentUpload
from services.awards.checks.actions import give_opinion
from services.awards.checks.queries import reasons_of
from services.awards.checks.rules import CheckOutcome
from services.awards.checks.schemas import OpinionIn
from services.awards.consents.actions import answer_by_link, ask_for
from services.awards.consents.queries import covered_now
from services.awards.consents.rules import ConsentAnswer, RoleKind
from services.awards.consents.schemas import ConsentIn, RoleIn
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, get_run
from services.awards.cycles.rules import NotARehearsal, Phase, check_takes
from services.awards.nominations.actions import begin
from services.awards.nominations.models import Nomination
from services.awards.nominations.rules import NominationState
from services.awards.nominations.schemas import NominationIn
from services.awards.quotas.actions import move_slots
from services.awards.quotas.queries import slot_of, terms_of
from services.awards.quotas.rules import Move
from services.awards.quotas.schemas import QuotaMoveIn, QuotaMovesIn
from services.awards.rehearsals.sampling import MARK, content_of
from services.awards.rehearsals.schemas import SamplesIn
from services.awards.submissions.actions import put_notice, submit
from services.awards.submissions.queries import lacks_of, local_day, standard_of
from services.awards.submissions.rules import LackKind, NoticeOutcome
from services.awards.submissions.schemas import UnitNoticeIn
from shared.caller import Caller, Grant, Role
from shared.db import HELD, savepoint
from shared.errors import Refusal
from shared.files import FileStore
from shared.jobs import Job, Work, enqueue
from shared.tree import Node

SAMPLES = "awards.samples"
STEPS = (NominationState.DRAFT, NominationState.SUBMITTED, NominationState.RETURNED, NominationState.PASSED)
"""Up to which step of its way a sample goes, in turn."""
MOST_UNITS = 20
SECOND = "00000000-0000-4000-8000-000000000002"
"""Who gives the second opinion on a sample: nobody's account."""
PAPERS = {
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "png": bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f0001010100b138f614"
        "0000000049454e44ae426082"
    ),
}
"""An empty page and an empty picture, which stand for every paper of a sample."""


def ask_for_samples(tx: Session, caller: Caller, now: datetime, ref: str, body: SamplesIn, files: FileStore) -> Job:
    """Let a job fill a rehearsal whose call is open; raise `NotARehearsal`, `NotOpenYet`."""
    cycle = get_run(tx, caller, ref)
    if cycle.rehearsal_of is None:
        raise NotARehearsal()
    check_takes(cycle.state, None, now)
    papers = {ending: files.put(data) for ending, data in PAPERS.items()}
    by = caller.account_id
    return enqueue(tx, SAMPLES, cycle.id, owner=by, cycle_id=cycle.id, each=body.each, papers=papers, by=by)


def make_samples(work: Work) -> None:
    """Make the samples of a rehearsal one by one, each in a transaction, as long as there is the rehearsal."""
    done, total = work.done, 1
    while done < total:
        with work.db.transaction() as tx:
            cycle = tx.get(Cycle, work.payload["cycle_id"], with_for_update=HELD)
            if cycle is None or cycle.state != Phase.OPEN:
                return
            now = work.db.clock()
            plan = _plan(tx, cycle, now, work.payload["each"])
            total = len(plan)
            if done < total:
                category, unit, step = plan[done]
                _Sample(tx, now, cycle, work.payload, category, unit, done + 1).go(step)
            done = min(done + 1, total)
            work.keep(tx, done, total)


def _plan(tx: Session, cycle: Cycle, now: datetime, each: int) -> list[tuple[Mapping[str, Any], str, NominationState]]:
    """Return of which category, of which unit and up to which step every sample is."""
    categories = [of for of in definition_at(tx, cycle, now).content["categories"] if of["form"]]
    below = select(Node.id).where(Node.parent_id == cycle.owner_id, Node.status == "active").order_by(Node.id)
    units = tx.scalars(below.limit(MOST_UNITS)).all() or [cycle.owner_id]
    ways = [(category, step) for _ in range(each) for category in categories for step in STEPS]
    return [(category, units[at // len(STEPS) % len(units)], step) for at, (category, step) in enumerate(ways)]


@dataclass(frozen=True)
class _Sample:
    """A sample on its way; in a rehearsal the office plays everybody."""

    tx: Session
    now: datetime
    cycle: Cycle
    asked: Mapping[str, Any]
    category: Mapping[str, Any]
    unit: str
    number: int

    def go(self, step: NominationState) -> None:
        """Begin it, and take it as far as it is to go, or as it comes."""
        decide = {NominationState.RETURNED: [self._return], NominationState.PASSED: [self._pass]}
        further = [] if step is NominationState.DRAFT else [self._complete, self._submit, *decide.get(step, [])]
        try:
            with savepoint(self.tx):
                made = self._begin()
            for deed in further:
                with savepoint(self.tx):
                    deed(made)
        except Refusal:
            return

    @property
    def _office(self) -> Caller:
        return self._officer(self.asked["by"])

    def _officer(self, account_id: str) -> Caller:
        return Caller(account_id, grants=(Grant(Role.AWARD_OFFICER, self.cycle.owner_id),))

    def _begin(self) -> Nomination:
        rules = definition_at(self.tx, self.cycle, self.now).content.get("eligibility") or {}
        kinds = [kind["key"] for kind in self.category["candidate_kinds"]]
        body = NominationIn(
            cycle=self.cycle.id, unit_id=self.unit, category=self.category["key"],
            content=content_of(self.category, rules, self.number),
            candidate_kind=kinds[self.number // len(STEPS) % len(kinds)] if kinds else "",
        )  # fmt: skip
        return begin(self.tx, self._office, self.now, body)

    def _complete(self, made: Nomination) -> None:
        """Give it its papers, the notice of its unit, a slot, and the consent of whoever has to consent."""
        for item in items_of(self.tx, made, self.now):
            ending = next((each for each in self.asked["papers"] if each in (item["formats"] or PAPERS)), None)
            if ending and (item["required"] or item["key"] == NOTICE_KEY):
                asked = AttachmentUpload(key=item["key"], filename=f"sample.{ending}")
                size, kept = len(PAPERS[ending]), self.asked["papers"][ending]
                attach_kept(self.tx, self._office, self.now, made.id, asked, ending=ending, size=size, sha256=kept)
        self._give_notice(made)
        self._give_slot(made)
        standard, papers = standard_of(self.tx, self.cycle, self.now), current_of(self.tx, made.id)
        for lack in lacks_of(self.tx, standard, made, papers, self.now):
            if lack.kind is LackKind.CONSENT:
                role = RoleIn(role=RoleKind(lack.pointer.rpartition("/")[2]), person=MARK)
                _, _, secret = ask_for(self.tx, self._office, self.now, made.id, role)
                said = ConsentIn(answer=ConsentAnswer.CONSENT, covers=covered_now(self.tx, made), words=MARK)
                answer_by_link(self.tx, self.now, secret, said)

    def _give_notice(self, made: Nomination) -> None:
        days = definition_at(self.tx, self.cycle, self.now).content["unit_notice_days"] or 0
        if not days:
            return
        scan = next((row.id for row in current_of(self.tx, made.id) if row.key == NOTICE_KEY), None)
        over = local_day(self.cycle, self.now) - timedelta(days=1)
        body = UnitNoticeIn(
            place=MARK, from_on=over - timedelta(days=2 * days + 20), to_on=over, scan_id=scan,
            outcome=NoticeOutcome.NO_OBJECTION,
        )  # fmt: skip
        put_notice(self.tx, self._office, self.now, made.id, 0, body)

    def _give_slot(self, made: Nomination) -> None:
        if made.category not in terms_of(self.tx, self.cycle, self.now).quotas:
            return
        if slot_of(self.tx, self.cycle, made.unit_id, made.category, made.groups) is None:
            move = QuotaMoveIn(
                move=Move.ALLOCATE, category=made.category, to_unit_id=made.unit_id, amount=1, reason=MARK
            )
            move_slots(self.tx, self._office, self.now, self.cycle.id, QuotaMovesIn(moves=(move,)))

    def _submit(self, made: Nomination) -> None:
        submit(self.tx, self._office, self.now, made.id, made.version)

    def _return(self, made: Nomination) -> None:
        reasons = reasons_of(self.tx, self.cycle.programme_id)
        fitting = [each.key for each in reasons if CheckOutcome.RETURN in each.outcomes]
        body = OpinionIn(outcome=CheckOutcome.RETURN, reasons=tuple(fitting[:1]), words=MARK)
        give_opinion(self.tx, self._office, self.now, made.id, made.version, body)

    def _pass(self, made: Nomination) -> None:
        for officer in (self._office, self._officer(SECOND)):
            body = OpinionIn(outcome=CheckOutcome.PASS, words=MARK)
            give_opinion(self.tx, officer, self.now, made.id, made.version, body)
