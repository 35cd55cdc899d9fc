"""Routes of oneself: `/api/directory/me`."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Cookie, Depends
from sqlalchemy.orm import Session

from services.directory.accounts.actions import change_own
from services.directory.accounts.schemas import OwnPatch
from services.directory.me.actions import change_password, end_key, end_session, make_key, prepare_password
from services.directory.me.queries import get_own, list_keys, list_sessions, me_of
from services.directory.me.schemas import CredentialId, KeyIn, KeyMadeOut, KeyOut, MeOut, PasswordIn, SessionOut
from services.directory.pages.site import NOT_KEPT
from services.directory.signin.runtime import RuntimeDep
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/me", tags=["me"])

SessionCookie = Annotated[str, Cookie(alias="huitang_session", include_in_schema=False)]


async def hashed(runtime: RuntimeDep, caller: CallerDep, body: PasswordIn) -> str:
    """Check the present password and hash the new one, before the route's own transaction."""
    return await anyio.to_thread.run_sync(prepare_password, runtime.db, caller, body)


@router.get("")
@reads
def get_me(tx: Session, caller: CallerDep, now: Now) -> MeOut:
    """Return who one is, and what one may do today."""
    return me_of(tx, get_own(tx, caller), now)


@router.patch("")
@writes
def patch_me(tx: Session, caller: CallerDep, version: IfMatch, now: Now, body: OwnPatch) -> MeOut:
    """Change one's own name, language or time zone."""
    get_own(tx, caller)
    return me_of(tx, change_own(tx, caller, version, body), now)


@router.post("/password", status_code=204)
@writes
def post_password(
    tx: Session, caller: CallerDep, now: Now, new: Annotated[str, Depends(hashed)], session: SessionCookie = ""
) -> None:
    """Choose a new password; every other session ends."""
    change_password(tx, caller, new, session, now)


@router.get("/sessions")
@reads
def get_sessions(tx: Session, caller: CallerDep, now: Now, session: SessionCookie = "") -> list[SessionOut]:
    """List the browsers that are signed in."""
    return list_sessions(tx, caller, session, now)


@router.delete("/sessions/{credential_id}", status_code=204)
@writes
def delete_session(tx: Session, caller: CallerDep, now: Now, credential_id: CredentialId) -> None:
    """Sign one browser out at once."""
    end_session(tx, caller, credential_id, now)


@router.get("/keys")
@reads
def get_keys(tx: Session, caller: CallerDep, now: Now) -> list[KeyOut]:
    """List one's API keys."""
    return list_keys(tx, caller, now)


@router.post("/keys", status_code=201)
@writes
def post_key(tx: Session, caller: CallerDep, now: Now, answer: Answer, body: KeyIn) -> KeyMadeOut:
    """Make an API key; its secret is shown this once."""
    answer.headers |= NOT_KEPT
    return make_key(tx, caller, body, now)


@router.delete("/keys/{credential_id}", status_code=204)
@writes
def delete_key(tx: Session, caller: CallerDep, now: Now, credential_id: CredentialId) -> None:
    """End an API key at once."""
    end_key(tx, caller, credential_id, now)
