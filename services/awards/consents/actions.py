"""What is done with roles in nominations: people are asked by a link, answer, fill in, and are asked no longer."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.awards.consents.models import NominationRole
from services.awards.consents.queries import covered_now, get_by_secret, get_role, own_role, roles_of
from services.awards.consents.rules import (
    MOST_ROLES,
    ONE_ONLY,
    ROLE_NAMES,
    ContentChangedSince,
    NotAskedToFillIn,
    RoleKind,
    RoleRevoked,
    RoleTwice,
    TooManyRoles,
    check_answer,
)
from services.awards.consents.schemas import ConsentIn, RoleIn
from services.awards.nominations.actions import check_known, note_change, note_deed, note_own, write_in
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import (
    check_open,
    find_nomination,
    get_edited,
    get_nomination,
    is_own,
)
from services.awards.nominations.rules import NominationPart
from services.awards.nominations.schemas import NominationPatch
from shared.caller import Caller
from shared.db import hold
from shared.errors import Forbidden, check_version
from shared.secret import digest_of, new_secret


def ask_for(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, body: RoleIn
) -> tuple[Nomination, NominationRole, str]:
    """Ask somebody for their part in a nomination; return it with the secret of their link, which is told this once.

    Raises `Forbidden`, `RoleTwice`, `TooManyRoles` and what `get_edited` does.
    """
    nomination = _get_asking(tx, caller, now, nomination_id)
    there = [role for role in roles_of(tx, nomination.id) if role.revoked_at is None]
    if len(there) >= MOST_ROLES:
        raise TooManyRoles(most=MOST_ROLES)
    if body.role in ONE_ONLY and any(role.role == body.role for role in there):
        raise RoleTwice(role=ROLE_NAMES[body.role])
    secret = new_secret()
    role = NominationRole(
        nomination_id=nomination.id, role=body.role.value, person=body.person, digest=digest_of(secret),
        may_fill_in=body.may_fill_in and body.role is RoleKind.CANDIDATE, expires_at=now + timedelta(days=body.days),
        made_at=now, made_by=caller.account_id,
    )  # fmt: skip
    tx.add(role)
    tx.flush()
    note_deed(tx, caller, nomination, "role.asked", role_id=role.id, role=role.role)
    return nomination, role, secret


def _get_asking(tx: Session, caller: Caller, now: datetime, nomination_id: str) -> Nomination:
    """Return a nomination in which the caller asks others, held; that is its unit's matter."""
    nomination = get_edited(tx, caller, nomination_id, now)
    if find_nomination(tx, caller, nomination_id)[1] is not NominationPart.UNIT:
        raise Forbidden()
    return nomination


def renew(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, role_id: str, version: int, days: int
) -> tuple[Nomination, NominationRole, str]:
    """Give somebody another link; the one before ends, an answer stays. Raises `RoleRevoked`."""
    nomination, role = _get_changed(tx, caller, now, nomination_id, role_id, version)
    secret = new_secret()
    role.digest, role.expires_at = digest_of(secret), now + timedelta(days=days)
    role.version += 1
    tx.flush()
    note_deed(tx, caller, nomination, "role.link_renewed", role_id=role.id, role=role.role)
    return nomination, role, secret


def revoke(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, role_id: str, version: int
) -> tuple[Nomination, NominationRole]:
    """Ask somebody no longer; their link ends. Raises `RoleRevoked`."""
    nomination, role = _get_changed(tx, caller, now, nomination_id, role_id, version)
    role.revoked_at = now
    role.version += 1
    tx.flush()
    note_deed(tx, caller, nomination, "role.revoked", role_id=role.id, role=role.role)
    return nomination, role


def _get_changed(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, role_id: str, version: int
) -> tuple[Nomination, NominationRole]:
    nomination = _get_asking(tx, caller, now, nomination_id)
    role = get_role(tx, nomination, role_id)
    hold(tx, role)
    check_version(role.version, version)
    if role.revoked_at is not None:
        raise RoleRevoked()
    return nomination, role


def answer_by_link(tx: Session, now: datetime, secret: str, body: ConsentIn) -> tuple[Nomination, NominationRole]:
    """Take somebody's answer; raise `LinkUnknown`, `ContentChangedSince`, `ReasonForDeclining`."""
    role, nomination = get_by_secret(tx, secret, now)
    hold(tx, nomination)
    hold(tx, role)
    _answer(tx, None, now, nomination, role, body)
    return nomination, role


def answer_as_candidate(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, body: ConsentIn
) -> tuple[Nomination, NominationRole]:
    """Take the answer of a candidate who has begun the nomination with a code; raise `Forbidden` and what a link does."""
    nomination = get_nomination(tx, caller, nomination_id)
    if not is_own(caller, nomination):
        raise Forbidden()
    hold(tx, nomination)
    role = own_role(tx, nomination)
    if role is None:
        role = NominationRole(
            nomination_id=nomination.id, role=RoleKind.CANDIDATE.value, person=nomination.name, may_fill_in=True,
            made_at=now, made_by=caller.account_id, version=1,
        )  # fmt: skip
        tx.add(role)
        tx.flush()
    _answer(tx, caller, now, nomination, role, body)
    return nomination, role


def _answer(
    tx: Session, caller: Caller | None, now: datetime, nomination: Nomination, role: NominationRole, body: ConsentIn
) -> None:
    check_open(tx, nomination, now)
    check_answer(role.role, body.answer, body.words)
    if body.covers != covered_now(tx, nomination):
        raise ContentChangedSince()
    role.answer, role.words, role.covered, role.answered_at = body.answer.value, body.words, body.covers, now
    role.version += 1
    tx.flush()
    told: dict[str, Any] = {"role_id": role.id, "role": role.role, "answer": role.answer, "covers": role.covered}
    note_own(tx, caller, nomination, "role.answered", **told)


def fill_in(
    tx: Session, now: datetime, secret: str, version: int, body: NominationPatch
) -> tuple[Nomination, NominationRole]:
    """Let a candidate write in their nomination by link; raise `LinkUnknown`, `NotAskedToFillIn` and what writing does."""
    role, nomination = get_by_secret(tx, secret, now)
    hold(tx, nomination)
    if not role.may_fill_in:
        raise NotAskedToFillIn()
    check_known(nomination, version)
    check_open(tx, nomination, now, candidate=True)
    if changes := write_in(tx, role.id, now, nomination, version, body):
        note_change(tx, None, nomination, changes)
    return nomination, role
