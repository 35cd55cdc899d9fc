"""What is done with deputies: named, and ended before their time."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.awards.deputies.models import Deputy
from services.awards.deputies.queries import day_of, get_deputy
from services.awards.deputies.rules import DeputyEnded, check_named, may_name
from services.awards.deputies.schemas import DeputyIn
from shared.audit import record
from shared.caller import Caller
from shared.db import hold
from shared.editing import given
from shared.errors import check_version
from shared.tree import get_node


def name_deputy(tx: Session, caller: Caller, now: datetime, body: DeputyIn) -> Deputy:
    """Let a colleague stand in for the caller at a unit; raise `Forbidden`, `DeputyForOneself`, `DeputyDatesWrong`.

    The colleague has to belong to the unit when they act, which their own account tells.
    """
    may_name(caller, body.unit_id)
    get_node(tx, body.unit_id)
    check_named(caller.account_id, body.deputy_id, body.from_on, body.until_on, day_of(now))
    deputy = Deputy(**given(body), nominator_id=caller.account_id, made_at=now)
    tx.add(deputy)
    tx.flush()
    record(tx, caller, "deputy.named", deputy.id, **given(body))
    return deputy


def end_deputy(tx: Session, caller: Caller, now: datetime, deputy_id: str, version: int) -> Deputy:
    """Let a colleague stand in no longer; raise `NotFound`, `Forbidden`, `DeputyEnded`."""
    deputy = get_deputy(tx, caller, deputy_id)
    may_name(caller, deputy.unit_id)
    hold(tx, deputy)
    check_version(deputy.version, version)
    if deputy.ended_at is not None:
        raise DeputyEnded()
    deputy.ended_at = now
    deputy.version += 1
    tx.flush()
    record(tx, caller, "deputy.ended", deputy.id)
    return deputy
