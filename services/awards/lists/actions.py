"""What is done with accepted lists: published, once, and again only with what was corrected."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.awards.cycles.actions import get_to_run, note, touch
from services.awards.cycles.models import ToldDate
from services.awards.cycles.queries import dates_of
from services.awards.cycles.rules import Phase, check_state, is_announced
from services.awards.lists import rules
from services.awards.lists.dates import list_entry, list_entry_id
from services.awards.lists.models import AcceptedList
from services.awards.lists.queries import changes_since, last_list, lines_now, undecided
from services.awards.lists.schemas import AcceptedListIn
from services.awards.submissions.queries import local_day
from shared.audit import last_of
from shared.caller import Caller
from shared.ledger import emit
from shared.messages import awards as facts
from shared.telling import tell
from shared.workdays import announced


def publish(tx: Session, caller: Caller, now: datetime, ref: str, body: AcceptedListIn) -> AcceptedList:
    """Publish the accepted list of a cycle, or a corrected one; objections are taken from the day after.

    Raises `CheckGoesOn`, `NothingAccepted`, `NothingCorrected`, `CorrectionUnexplained`, `CycleStepForbidden`.
    """
    cycle = get_to_run(tx, caller, ref)
    check_state(cycle.state, "publish", Phase.OPEN, Phase.CLOSED)
    rules.check_decided(undecided(tx, cycle))
    last, lines = last_list(tx, cycle.id), lines_now(tx, cycle, now)
    changes, number = changes_since(last, lines), last.number + 1 if last else 1
    rules.check_new(number, lines, changes, body.reason)
    today = local_day(cycle, now)
    until_on, provisional = rules.window_of(today, body.days, body.counted, announced())
    length, head = last_of(tx, cycle.id)
    made = AcceptedList(
        cycle_id=cycle.id, number=number, lines=lines, days=body.days, counted=body.counted.value, from_on=today,
        until_on=until_on, provisional=provisional, notice=body.notice, contact=body.contact, reason=body.reason,
        changes=[{"number": each.number, "kind": each.kind} for each in changes], record_length=length, record_head=head,
        published_at=now, published_by=caller.account_id,
    )  # fmt: skip
    tx.add(made)
    tx.flush()
    said = {"list": made.id, "number": number, "count": len(lines), "until_on": until_on, "record_head": head}
    note(tx, caller, cycle, "list.published", **said)
    if is_announced(cycle.state, cycle.rehearsal_of):
        told = facts.ListTold(
            cycle_id=cycle.id, programme_id=cycle.programme_id, number=number, count=len(lines), from_on=today,
            until_on=until_on, provisional=provisional, record_length=length, record_head=head,
        )  # fmt: skip
        emit(tx, facts.ListPublished(list_id=made.id, published=told))
        entry = list_entry(cycle.id, cycle.slug, dates_of(tx, cycle), today, until_on, now)
        kinds = (facts.AwardsDateSet, facts.AwardsDateCancelled)
        tell(tx, ToldDate, {list_entry_id(cycle.id): entry}, now, kinds, cycle_id=cycle.id)
        touch(tx, cycle)
    return made
