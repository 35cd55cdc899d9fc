"""Selects of roles in nominations, how each stands, and what somebody reads by their link."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from services.awards.attachments.models import Attachment
from services.awards.attachments.queries import current_of, said_of
from services.awards.attachments.rules import NOTICE_KEY
from services.awards.attachments.schemas import AttachmentOut
from services.awards.consents.models import NominationRole
from services.awards.consents.rules import Asked, LinkUnknown, RoleKind, asked
from services.awards.consents.schemas import ConsentOut, NominationRoleOut
from services.awards.cycles.queries import definition_at
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import category_of, check_open, cycle_of, get_read
from services.awards.nominations.rules import category_in
from services.awards.nominations.sealed import masked_in, told_in
from shared.caller import Caller
from shared.errors import Conflict, NotFound
from shared.keys import sealer_of
from shared.secret import digest_of
from shared.signing import canonical
from shared.text import Text
from shared.tree import names_of


def covered_by(nomination: Nomination, told: Mapping[str, Any], papers: Sequence[Attachment]) -> str:
    """Return the hash of what somebody consents to: what the nomination says, as it is `told`, and the papers for them."""
    said = {
        "nomination": nomination.id,
        "category": nomination.category,
        "candidate_kind": nomination.candidate_kind,
        "groups": nomination.groups,
        "content": told,
        "attachments": said_of(shown_among(papers)),
    }
    return sha256(canonical(said)).hexdigest()


def covered_now(tx: Session, nomination: Nomination) -> str:
    """Return the hash of what somebody consents to who does so now."""
    return covered_with(tx, nomination, current_of(tx, nomination.id))


def covered_with(tx: Session, nomination: Nomination, papers: Sequence[Attachment]) -> str:
    """Return the hash of what somebody consents to who does so now, where these are the papers."""
    return covered_by(nomination, told_in(nomination.content, sealer_of(tx)), papers)


def shown_among(papers: Sequence[Attachment]) -> list[Attachment]:
    """Return the papers that are about the candidate and not kept from them; the proof of the unit's notice is its own."""
    return [row for row in papers if not row.hidden and row.key != NOTICE_KEY]


def roles_of(tx: Session, nomination_id: str) -> list[NominationRole]:
    """Return everybody who was asked, in order."""
    return list(tx.scalars(_ROLES, {"nomination": nomination_id}))


_ROLES = (
    select(NominationRole).where(NominationRole.nomination_id == bindparam("nomination")).order_by(NominationRole.id)
)


_PARTS = NominationRole.__table__.c
_STANDING: Select[Any] = (
    select(_PARTS.role, _PARTS.answer, _PARTS.covered, _PARTS.revoked_at, _PARTS.expires_at)
    .where(_PARTS.nomination_id == bindparam("nomination"))
    .order_by(_PARTS.id)
)


def state_of(role: NominationRole | Row[Any], now_covers: str, now: datetime) -> Asked:
    """Return how it stands with somebody who was asked."""
    return asked(
        role.answer,
        role.covered,
        now_covers,
        revoked=role.revoked_at is not None,
        expires_at=role.expires_at,
        now=now,
    )


def standing_of(
    tx: Session, nomination: Nomination, told: Mapping[str, Any], papers: Sequence[Attachment], now: datetime
) -> list[tuple[str, Asked]]:
    """Return how it stands with everybody who was asked, by role, where this is `told` and these are the papers."""
    covers = covered_by(nomination, told, papers)
    return [(role.role, state_of(role, covers, now)) for role in tx.execute(_STANDING, {"nomination": nomination.id})]


def list_roles(tx: Session, caller: Caller, nomination_id: str, now: datetime) -> list[NominationRoleOut]:
    """Return everybody who has a part in a nomination, for those who read it."""
    nomination = get_read(tx, caller, nomination_id)
    covers = covered_now(tx, nomination)
    return [_role_out(role, covers, now) for role in roles_of(tx, nomination.id)]


def role_out(tx: Session, nomination: Nomination, role: NominationRole, now: datetime) -> NominationRoleOut:
    """Return somebody's part as it is answered."""
    return _role_out(role, covered_now(tx, nomination), now)


def _role_out(role: NominationRole, covers: str, now: datetime) -> NominationRoleOut:
    own = {name: getattr(role, name) for name in NominationRoleOut.model_fields if hasattr(role, name)}
    return NominationRoleOut.model_validate(own | {"state": state_of(role, covers, now)})


def get_role(tx: Session, nomination: Nomination, role_id: str) -> NominationRole:
    """Return a role in a nomination; raise `NotFound`."""
    role = tx.get(NominationRole, role_id)
    if role is None or role.nomination_id != nomination.id:
        raise NotFound()
    return role


def get_by_secret(tx: Session, secret: str, now: datetime) -> tuple[NominationRole, Nomination]:
    """Return whose link a secret is of, and their nomination; raise `LinkUnknown`."""
    role = tx.scalar(select(NominationRole).where(NominationRole.digest == digest_of(secret)))
    if role is None or role.revoked_at is not None or (role.expires_at is not None and now > role.expires_at):
        raise LinkUnknown()
    return role, tx.get_one(Nomination, role.nomination_id)


def get_shown(tx: Session, secret: str, attachment_id: str, now: datetime) -> Attachment:
    """Return a paper that somebody may see by their link; raise `LinkUnknown`, `NotFound` for what is kept from them."""
    _, nomination = get_by_secret(tx, secret, now)
    for found in shown_among(current_of(tx, nomination.id)):
        if found.id == attachment_id:
            return found
    raise NotFound()


def own_role(tx: Session, nomination: Nomination) -> NominationRole | None:
    """Return the part of a candidate who has begun the nomination themselves, nothing before their first answer."""
    rows = select(NominationRole).where(
        NominationRole.nomination_id == nomination.id,
        NominationRole.role == RoleKind.CANDIDATE.value,
        NominationRole.revoked_at.is_(None),
    )
    return tx.scalar(rows.order_by(NominationRole.id.desc()).limit(1))


def consent_out(tx: Session, nomination: Nomination, role: NominationRole, now: datetime) -> ConsentOut:
    """Return what somebody reads by their link; whose link it is does not change what is there to be read."""
    cycle = cycle_of(tx, nomination)
    category: Mapping[str, Any] = category_of(tx, cycle, nomination, now)
    papers = current_of(tx, nomination.id)
    covers = covered_with(tx, nomination, papers)
    return ConsentOut(
        role=RoleKind(role.role),
        person=role.person,
        state=state_of(role, covers, now),
        may_fill_in=role.may_fill_in,
        writes=role.may_fill_in and _is_open(tx, nomination, now),
        words=role.words,
        expires_at=role.expires_at,
        cycle=cycle.name,
        unit=names_of(tx, [nomination.unit_id]).get(nomination.unit_id, Text()),
        category=Text(**category["name"]),
        number=nomination.number,
        nomination_state=nomination.state,
        candidate_kind=nomination.candidate_kind,
        form=category["form"],
        content=masked_in(nomination.content, sealer_of(tx)),
        attachments=[AttachmentOut.model_validate(row) for row in shown_among(papers)],
        covers=covers,
        version=nomination.version,
    )


def _is_open(tx: Session, nomination: Nomination, now: datetime) -> bool:
    """Tell whether its candidate writes in a nomination by now."""
    try:
        check_open(tx, nomination, now, candidate=True)
    except Conflict:
        return False
    return True


def subject_of(tx: Session, nomination: Nomination, now: datetime) -> str:
    """Return what kind of thing a nomination is about."""
    content = definition_at(tx, cycle_of(tx, nomination), now).content
    return str(category_in(content, nomination.category)["subject"])
