"""Routes of signing in and out, and the gateway's exchange of a credential for a token."""

from secrets import compare_digest
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Cookie, Depends, Header, Request
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.organisations.rules import day_of
from services.directory.pages.site import NOT_KEPT, session_cookie
from services.directory.signin.actions import Attempt, attempt, begin_session, note_use, sign_out
from services.directory.signin.queries import exchange
from services.directory.signin.runtime import RuntimeDep
from services.directory.signin.schemas import ExchangeIn, ExchangeOut, SignedInOut, SignInIn
from services.directory.signin.tokens import gateway_secret, signer
from shared.caller import TOKEN_SECONDS
from shared.db import utc_now
from shared.errors import NotFound
from shared.web import Answer, Now, reads, writes

router = APIRouter(tags=["sign-in"])
internal = APIRouter(prefix="/internal")

Agent = Annotated[str, Header(alias="user-agent", include_in_schema=False)]
SessionCookie = Annotated[str, Cookie(alias="huitang_session", include_in_schema=False)]


async def attempted(runtime: RuntimeDep, now: Now, body: SignInIn) -> Attempt:
    """Check account and password before the route's own transaction."""
    return await anyio.to_thread.run_sync(attempt, runtime.db, body.account, body.password, now)


async def gateway_alone(request: Request, runtime: RuntimeDep) -> None:
    """Raise `NotFound` for anybody who does not know the gateway's secret."""
    shown = request.headers.get("huitang-gateway", "")
    if not compare_digest(shown.encode(), gateway_secret(runtime.settings.data / "gateway.secret").encode()):
        raise NotFound()


@router.post("/sign-in")
@writes
def post_sign_in(
    tx: Session,
    runtime: RuntimeDep,
    now: Now,
    tried: Annotated[Attempt, Depends(attempted)],
    answer: Answer,
    agent: Agent = "",
) -> SignedInOut:
    """Sign a browser in: the session travels as the cookie `huitang_session`."""
    if tried.refusal:
        raise tried.refusal
    account, days = tx.get_one(Account, tried.account_id), runtime.settings.session_days
    session, secret = begin_session(tx, account, agent, days, now)
    answer.headers |= NOT_KEPT | {"Set-Cookie": session_cookie(secret, days, runtime.settings.address())}
    language = "en" if account.language == "en" else "zh"
    return SignedInOut(account_id=account.id, language=language, expires_at=session.expires_at)


@router.post("/sign-out", status_code=204)
@writes
def post_sign_out(tx: Session, runtime: RuntimeDep, now: Now, answer: Answer, session: SessionCookie = "") -> None:
    """End the session of the cookie `huitang_session`, and take the cookie away."""
    sign_out(tx, session, now)
    answer.headers |= NOT_KEPT | {"Set-Cookie": session_cookie("", 0, runtime.settings.address())}


@internal.post("/token", dependencies=[Depends(gateway_alone)])
@reads
def issue_token(tx: Session, runtime: RuntimeDep, now: Now, body: ExchangeIn) -> ExchangeOut:
    """Exchange a session token or API key for a 60-second token."""
    spoken = exchange(tx, body.credential, body.kind, now)
    if spoken.first_today:
        with runtime.db.transaction() as writing:
            note_use(writing, spoken.credential, day_of(now))
    token = signer(runtime.settings.data / "signing.jwks").sign(spoken.caller, utc_now())  # as verifiers' clocks show
    return ExchangeOut(
        token=token,
        account_id=spoken.caller.account_id,
        expires_in=TOKEN_SECONDS,
        language=spoken.caller.language,
        credential_hash=spoken.credential.digest,
    )
