"""What is done with rehearsals: a job makes samples in one, each by the steps that units, candidates and officers take.

They go with the rehearsal, as all of it does. Where a step is refused, as handing in is behind the deadline, a sample stays
where it is: that is what a rehearsal is for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.awards.attachments.actions import attach_made
from services.awards.attachments.queries import current_of, items_of
from services.awards.attachments.rules import NOTICE_KEY
from services.awards.attachments.schemas import AttachmentUpload
from services.awards.checks.actions import give_opinion
from services.awards.checks.queries import reasons_of
from services.awards.checks.rules import CheckOutcome
from services.awards.checks.schemas import FieldRemarkIn, OpinionIn
from services.awards.consents.actions import answer_by_link, ask_for
from services.awards.consents.queries import covered_now
from services.awards.consents.rules import ConsentAnswer, RoleKind
from services.awards.consents.schemas import ConsentIn, RoleIn
from services.awards.cycles.actions import remove_cycle
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, get_run
from services.awards.cycles.rules import NotARehearsal, Phase, check_takes
from services.awards.nominations.actions import begin
from services.awards.nominations.filling import naming_fields, pointer_to
from services.awards.nominations.models import Nomination
from services.awards.nominations.rules import RouteNotOffered
from services.awards.nominations.schemas import NominationIn
from services.awards.programmes.rules import Route
from services.awards.quotas.actions import move_slots
from services.awards.quotas.queries import slot_of, terms_of
from services.awards.quotas.rules import Move
from services.awards.quotas.schemas import QuotaMoveIn, QuotaMovesIn
from services.awards.rehearsals.queries import files_named_in, is_named
from services.awards.rehearsals.sampling import MARK, WORDS, content_of
from services.awards.rehearsals.schemas import SamplesIn
from services.awards.submissions.actions import put_notice, submit, withdraw
from services.awards.submissions.queries import local_day, readiness
from services.awards.submissions.rules import LackKind, NoticeOutcome
from services.awards.submissions.schemas import UnitNoticeIn, WithdrawalIn
from shared.caller import Caller, Grant, Role
from shared.db import HELD, savepoint
from shared.errors import Refusal
from shared.files import files_of, hold_file
from shared.jobs import Job, Work, enqueue
from shared.tree import Node

SAMPLES, FILES = "awards.samples", "awards.files"
MOST_UNITS = 20
NOBODY = "00000000-0000-4000-8000-000000000002"
"""Who gives the first opinion on a sample, so that whoever asked for it may give the second: nobody's account."""
PAPERS = {
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "png": bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f0001010100b138f614"
        "0000000049454e44ae426082"
    ),
}
"""An empty page and an empty picture, which stand for every paper of a sample."""


def ask_for_samples(tx: Session, caller: Caller, now: datetime, ref: str, body: SamplesIn) -> Job:
    """Let a job fill a rehearsal whose call is open; raise `NotARehearsal`, `NotOpenYet`, `RouteNotOffered`."""
    cycle = get_run(tx, caller, ref)
    if cycle.rehearsal_of is None:
        raise NotARehearsal()
    check_takes(cycle.state, None, now)
    if Route.UNIT not in definition_at(tx, cycle, now).content["routes"]:
        raise RouteNotOffered()
    by = caller.account_id
    return enqueue(tx, SAMPLES, cycle.id, owner=by, cycle_id=cycle.id, each=body.each, by=by)


@dataclass(frozen=True)
class _Sample:
    """A sample on its way; in a rehearsal the office plays everybody."""

    tx: Session
    now: datetime
    cycle: Cycle
    by: str
    category: Mapping[str, Any]
    kind: str
    unit: str

    def begin(self) -> Nomination:
        """Begin it, as the next of the rehearsal."""
        there = select(func.count()).select_from(Nomination).where(Nomination.cycle_id == self.cycle.id)
        rules = definition_at(self.tx, self.cycle, self.now).content.get("eligibility") or {}
        content = content_of(self.category, rules, (self.tx.scalar(there) or 0) + 1)
        body = NominationIn(
            cycle=self.cycle.id, unit_id=self.unit, category=self.category["key"], candidate_kind=self.kind, content=content
        )  # fmt: skip
        return begin(self.tx, self._office, self.now, body)

    @property
    def _office(self) -> Caller:
        return self._officer(self.by)

    def _officer(self, account_id: str) -> Caller:
        return Caller(account_id, grants=(Grant(Role.AWARD_OFFICER, self.cycle.owner_id),))

    def give_papers(self, made: Nomination) -> None:
        """Give it what its checklist asks for, and the notice of its unit."""
        for item in items_of(self.tx, made, self.now):
            ending = next((each for each in PAPERS if each in (item["formats"] or PAPERS)), None)
            if ending and (item["required"] or item["key"] == NOTICE_KEY):
                asked = AttachmentUpload(key=item["key"], filename=f"sample.{ending}")
                attach_made(self.tx, self._office, self.now, made.id, asked, ending, PAPERS[ending])
        days = definition_at(self.tx, self.cycle, self.now).content["unit_notice_days"]
        if days:
            scan = next((row.id for row in current_of(self.tx, made.id) if row.key == NOTICE_KEY), None)
            over = local_day(self.cycle, self.now) - timedelta(days=1)
            notice = UnitNoticeIn(
                place=WORDS, from_on=over - timedelta(days=2 * days + 20), to_on=over, scan_id=scan,
                outcome=NoticeOutcome.NO_OBJECTION,
            )  # fmt: skip
            put_notice(self.tx, self._office, self.now, made.id, 0, notice)

    def ask_for_consents(self, made: Nomination) -> list[str]:
        """Ask whoever has to consent; return the secrets of their links."""
        lacks = readiness(self.tx, self._office, made.id, self.now).lacks
        roles = [RoleKind(each.pointer.rpartition("/")[2]) for each in lacks if each.kind is LackKind.CONSENT]
        asked = [RoleIn(role=role, person=made.name or MARK) for role in roles]
        return [ask_for(self.tx, self._office, self.now, made.id, each)[2] for each in asked]

    def get_consents(self, made: Nomination) -> None:
        """Let whoever has to consent do so."""
        for secret in self.ask_for_consents(made):
            said = ConsentIn(answer=ConsentAnswer.CONSENT, covers=covered_now(self.tx, made), words=WORDS)
            answer_by_link(self.tx, self.now, secret, said)

    def hand_in(self, made: Nomination) -> None:
        """Hand it in, with a slot of the office's where its unit has none."""
        counted = made.category in terms_of(self.tx, self.cycle, self.now).quotas
        if counted and slot_of(self.tx, self.cycle, made.unit_id, made.category, made.groups) is None:
            move = QuotaMoveIn(
                move=Move.ALLOCATE, category=made.category, to_unit_id=made.unit_id, amount=1, reason=WORDS
            )
            move_slots(self.tx, self._office, self.now, self.cycle.id, QuotaMovesIn(moves=(move,)))
        submit(self.tx, self._office, self.now, made.id, made.version)

    def take_back(self, made: Nomination) -> None:
        """Withdraw it."""
        withdraw(self.tx, self._office, self.now, made.id, made.version, WithdrawalIn(reason=WORDS))

    def send_back(self, made: Nomination) -> None:
        """Return it for correction, with a remark on what it is called."""
        name = naming_fields(self.category["form"])[0]
        remark = FieldRemarkIn(pointer=pointer_to("content", name), words=WORDS)
        self._say(made, CheckOutcome.RETURN, NOBODY, remarks=(remark,))

    def look_at_once(self, made: Nomination) -> None:
        """Let one of two officers let it pass."""
        self._say(made, CheckOutcome.PASS, NOBODY)

    def let_pass(self, made: Nomination) -> None:
        """Let it pass, by two officers."""
        self._say(made, CheckOutcome.PASS, NOBODY, self.by)

    def turn_down(self, made: Nomination) -> None:
        """Reject it, by two officers."""
        self._say(made, CheckOutcome.REJECT, NOBODY, self.by)

    def _say(self, made: Nomination, outcome: CheckOutcome, *officers: str, **more: Any) -> None:
        fitting = [each.key for each in reasons_of(self.tx, self.cycle.programme_id) if outcome in each.outcomes]
        opinion = OpinionIn(outcome=outcome, reasons=tuple(fitting[:1]), words=WORDS, **more)
        for officer in officers:
            give_opinion(self.tx, self._officer(officer), self.now, made.id, made.version, opinion)


_Deed = Callable[[_Sample, Nomination], object]
_HANDED_IN: tuple[_Deed, ...] = (_Sample.give_papers, _Sample.get_consents, _Sample.hand_in)
_WAYS: tuple[tuple[_Deed, ...], ...] = (
    (),
    (_Sample.give_papers, _Sample.ask_for_consents),
    _HANDED_IN,
    (*_HANDED_IN, _Sample.take_back),
    (*_HANDED_IN, _Sample.send_back),
    (*_HANDED_IN, _Sample.look_at_once),
    (*_HANDED_IN, _Sample.let_pass),
    (*_HANDED_IN, _Sample.turn_down),
)
"""How far samples go, in turn."""


def make_samples(work: Work) -> None:
    """Make the samples of a rehearsal one by one, each in a transaction, as long as its call is open."""
    done, total = work.done, work.done + 1
    while done < total:
        with work.db.transaction() as tx:
            cycle = tx.get(Cycle, work.payload["cycle_id"], with_for_update=HELD)
            if cycle is None or cycle.state != Phase.OPEN:
                return
            planned = _planned(tx, cycle, work.db.clock(), work.payload)
            total = len(planned)
            sample, way = planned[done]
            _go(sample, way)
            done += 1
            work.keep(tx, done, total)


def _planned(
    tx: Session, cycle: Cycle, now: datetime, asked: Mapping[str, Any]
) -> list[tuple[_Sample, tuple[_Deed, ...]]]:
    """Return every sample, and how far it is to go: those of one category and kind on all ways are of one unit."""
    below = select(Node.id).where(Node.parent_id == cycle.owner_id, Node.status == "active").order_by(Node.id)
    units = tx.scalars(below.limit(MOST_UNITS)).all() or [cycle.owner_id]
    planned = []
    categories = definition_at(tx, cycle, now).content["categories"]
    for at, (turn, category) in enumerate(product(range(asked["each"]), categories)):
        kinds = [kind["key"] for kind in category["candidate_kinds"]] or [""]
        sample = _Sample(tx, now, cycle, asked["by"], category, kinds[turn % len(kinds)], units[at % len(units)])
        planned += [(sample, way) for way in _WAYS]
    return planned


def _go(sample: _Sample, way: Iterable[_Deed]) -> None:
    """Begin a sample, and take it as far as it is to go, or as it comes."""
    try:
        with savepoint(sample.tx):
            made = sample.begin()
        for deed in way:
            with savepoint(sample.tx):
                deed(sample, made)
    except Refusal:
        return


def remove_with_files(tx: Session, caller: Caller, ref: str, version: int) -> None:
    """Remove a draft, or end a rehearsal, with everything that rests on it; a job removes the files of its papers."""
    cycle_id = get_run(tx, caller, ref).id
    names = files_named_in(tx, cycle_id)
    remove_cycle(tx, caller, ref, version)
    if names:
        enqueue(tx, FILES, cycle_id, names=names)


def remove_files(work: Work) -> None:
    """Remove the files that a rehearsal has left, each but where papers of other nominations are the same file."""
    names = work.payload["names"]
    for done, name in enumerate(names[work.done :], work.done + 1):
        with work.db.transaction() as tx:
            hold_file(tx, name)
            if not is_named(tx, name):
                files_of(tx).remove(name)
            work.keep(tx, done, len(names))
