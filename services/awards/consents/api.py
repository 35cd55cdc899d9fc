"""Routes of roles and consents: `/api/awards/nominations/{id}/roles` and `/api/awards/consents/{secret}`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from services.awards.attachments.schemas import AttachmentId, AttachmentLook
from services.awards.attachments.sending import sent
from services.awards.consents import actions
from services.awards.consents.queries import consent_out, covered_now, get_by_secret, get_shown, list_roles, role_out
from services.awards.consents.schemas import (
    ConsentIn,
    ConsentOut,
    CoversOut,
    NewRoleOut,
    NominationRoleOut,
    RoleId,
    RoleIn,
    RoleLinkIn,
    Secret,
)
from services.awards.nominations.queries import get_written
from services.awards.nominations.schemas import NominationId, NominationPatch
from shared.describing import FILE
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(tags=["consents"])
_KEPT_NOWHERE = {"Cache-Control": "no-store"}


@router.get("/nominations/{nomination_id}/roles")
@reads
def get_roles(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> list[NominationRoleOut]:
    """List who has a part in a nomination, and how it stands with their consent."""
    return list_roles(tx, caller, nomination_id, now)


@router.post("/nominations/{nomination_id}/roles", status_code=201)
@writes
def post_role(
    tx: Session, caller: CallerDep, now: Now, answer: Answer, nomination_id: NominationId, body: RoleIn
) -> NewRoleOut:
    """Ask somebody for their part; the secret of their link is shown this once."""
    answer.headers.update(_KEPT_NOWHERE)
    nomination, role, secret = actions.ask_for(tx, caller, now, nomination_id, body)
    return NewRoleOut(**role_out(tx, nomination, role, now).model_dump(), secret=secret)


@router.post("/nominations/{nomination_id}/roles/{role_id}/link")
@writes
def post_role_link(
    tx: Session, caller: CallerDep, now: Now, answer: Answer, nomination_id: NominationId, role_id: RoleId,
    version: IfMatch, body: RoleLinkIn,
) -> NewRoleOut:  # fmt: skip
    """Give somebody another link, shown this once; the one before ends."""
    answer.headers.update(_KEPT_NOWHERE)
    nomination, role, secret = actions.renew(tx, caller, now, nomination_id, role_id, version, body.days)
    return NewRoleOut(**role_out(tx, nomination, role, now).model_dump(), secret=secret)


@router.post("/nominations/{nomination_id}/roles/{role_id}/revoke")
@writes
def revoke_role(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, role_id: RoleId, version: IfMatch
) -> NominationRoleOut:
    """Ask somebody no longer; their link ends."""
    nomination, role = actions.revoke(tx, caller, now, nomination_id, role_id, version)
    return role_out(tx, nomination, role, now)


@router.get("/nominations/{nomination_id}/consent")
@reads
def get_covers(tx: Session, caller: CallerDep, nomination_id: NominationId) -> CoversOut:
    """Read what a consent given now would be to."""
    return CoversOut(covers=covered_now(tx, get_written(tx, caller, nomination_id)))


@router.post("/nominations/{nomination_id}/consent")
@writes
def post_own_consent(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, body: ConsentIn
) -> NominationRoleOut:
    """Consent to one's own nomination that was begun with a code, or decline."""
    nomination, role = actions.answer_as_candidate(tx, caller, now, nomination_id, body)
    return role_out(tx, nomination, role, now)


@router.get("/consents/{secret}")
@reads
def get_consent(tx: Session, now: Now, answer: Answer, secret: Secret) -> ConsentOut:
    """Read a nomination by the link to one's part in it."""
    answer.headers.update(_KEPT_NOWHERE)
    role, nomination = get_by_secret(tx, secret, now)
    return consent_out(tx, nomination, role, now)


@router.post("/consents/{secret}/answer")
@writes
def post_answer(tx: Session, now: Now, answer: Answer, secret: Secret, body: ConsentIn) -> ConsentOut:
    """Consent, or decline with a reason."""
    answer.headers.update(_KEPT_NOWHERE)
    nomination, role = actions.answer_by_link(tx, now, secret, body)
    return consent_out(tx, nomination, role, now)


@router.patch("/consents/{secret}")
@writes
def patch_by_link(
    tx: Session, now: Now, answer: Answer, secret: Secret, version: IfMatch, body: NominationPatch
) -> ConsentOut:
    """Write in the nomination as its candidate, where one was asked to."""
    answer.headers.update(_KEPT_NOWHERE)
    nomination, role = actions.fill_in(tx, now, secret, version, body)
    return consent_out(tx, nomination, role, now)


@router.get(
    "/consents/{secret}/attachments/{attachment_id}",
    response_class=Response,
    responses={200: {"content": {"*/*": FILE}}},
)
@reads
def get_consent_attachment(
    tx: Session, now: Now, request: Request, secret: Secret, attachment_id: AttachmentId,
    query: Annotated[AttachmentLook, Query()],
) -> Response:  # fmt: skip
    """Download a paper of the nomination by the link to one's part in it."""
    found = get_shown(tx, secret, attachment_id, now)
    files = request.app.state.runtime.files
    told = {"key": found.key, "name": found.name, "format": found.format, "sha256": found.sha256}
    return sent(files, **told, inline=query.inline)
