"""What is done with accepted lists: published, once, and again only with what was corrected; windows counted anew."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.awards.cycles.actions import get_to_run, note, touch
from services.awards.cycles.models import Cycle, ToldDate
from services.awards.cycles.queries import dates_of, definition_at
from services.awards.cycles.rules import Phase, check_state, is_announced
from services.awards.lists import rules
from services.awards.lists.dates import list_entry, list_entry_id
from services.awards.lists.models import AcceptedList
from services.awards.lists.queries import changes_since, last_list, lines_now, undecided
from services.awards.lists.schemas import AcceptedListIn
from services.awards.submissions.queries import local_day
from shared.audit import last_of
from shared.caller import Caller
from shared.db import HELD, calendar_of
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages import awards as facts
from shared.telling import tell
from shared.workdays import Counted

RECOUNT = "recount_window"
"""The job that counts a window anew, every day until the holidays in it are announced."""

A_DAY = timedelta(days=1)


def publish(tx: Session, caller: Caller, now: datetime, ref: str, body: AcceptedListIn) -> AcceptedList:
    """Publish the accepted list of a cycle, or a corrected one; objections are taken from the day after.

    Raises `CheckGoesOn`, `NothingAccepted`, `NothingCorrected`, `CorrectionUnexplained`, `CycleStepForbidden`,
    `WindowUnknown`, `WindowOtherwise`.
    """
    cycle = get_to_run(tx, caller, ref)
    check_state(cycle.state, "publish", Phase.OPEN, Phase.CLOSED)
    rules.check_decided(undecided(tx, cycle))
    last, lines = last_list(tx, cycle.id), lines_now(tx, cycle, now)
    changes, number = changes_since(last, lines), last.number + 1 if last else 1
    rules.check_new(number, lines, changes, body.reason)
    today = local_day(cycle, now)
    days, counted = rules.length_of(
        definition_at(tx, cycle, now).content.get("objection_window"), body.days, body.counted
    )
    until_on, provisional = rules.window_of(today, days, counted, calendar_of(tx))
    length, head = last_of(tx, cycle.id)
    made = AcceptedList(
        cycle_id=cycle.id, number=number, lines=lines, days=days, counted=counted.value, from_on=today,
        until_on=until_on, provisional=provisional, notice=body.notice, contact=body.contact, reason=body.reason,
        changes=[{"number": each.number, "kind": each.kind} for each in changes], record_length=length, record_head=head,
        published_at=now, published_by=caller.account_id,
    )  # fmt: skip
    tx.add(made)
    tx.flush()
    said = {"list": made.id, "number": number, "count": len(lines), "until_on": until_on, "record_head": head}
    note(tx, caller, cycle, "list.published", **said)
    _tell(tx, cycle, made, now)
    return made


def _tell(tx: Session, cycle: Cycle, found: AcceptedList, now: datetime) -> None:
    """Tell everybody of a list, and its window to calendars; one that may still move is counted again the next day."""
    if found.provisional:
        enqueue(tx, RECOUNT, cycle.id, due_at=now + A_DAY, cycle_id=cycle.id)
    if not is_announced(cycle.state, cycle.rehearsal_of):
        return
    own = {name: getattr(found, name) for name in facts.ListTold.model_fields if hasattr(found, name)}
    told = facts.ListTold(**own, programme_id=cycle.programme_id, count=len(found.lines))
    emit(tx, facts.ListPublished(list_id=found.id, published=told))
    entry = list_entry(cycle.id, cycle.slug, dates_of(tx, cycle), found.from_on, found.until_on, now)
    kinds = (facts.AwardsDateSet, facts.AwardsDateCancelled)
    tell(tx, ToldDate, {list_entry_id(cycle.id): entry}, now, kinds, cycle_id=cycle.id)
    touch(tx, cycle)


def recount(tx: Session, cycle: Cycle, now: datetime) -> None:
    """Count the window of a cycle's list anew while it is provisional: holidays may have been announced since.

    What has ended by either count, or was called off, stays as it is.
    """
    found = last_list(tx, cycle.id)
    if found is None or not found.provisional or cycle.state == Phase.CANCELLED:
        return
    until_on, provisional = rules.window_of(found.from_on, found.days, Counted(found.counted), calendar_of(tx))
    if max(until_on, found.until_on) < local_day(cycle, now):
        return
    if (until_on, provisional) == (found.until_on, True):
        enqueue(tx, RECOUNT, cycle.id, due_at=now + A_DAY, cycle_id=cycle.id)
        return
    found.until_on, found.provisional = until_on, provisional
    tx.flush()
    note(tx, None, cycle, "list.window_recounted", list=found.id, until_on=until_on, provisional=provisional)
    _tell(tx, cycle, found, now)


def recount_window(work: Work) -> None:
    """Count the window of a cycle's list anew, by the holidays that are announced by now."""
    with work.db.transaction() as tx:
        cycle = tx.get(Cycle, work.payload["cycle_id"], with_for_update=HELD)
        if cycle is not None:
            recount(tx, cycle, work.db.clock())
