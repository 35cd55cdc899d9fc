"""Routes of signing in and out, and the gateway's exchange of a credential for a token."""

from secrets import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session

from services.directory.organisations.rules import day_of
from services.directory.signin.actions import note_use
from services.directory.signin.queries import exchange
from services.directory.signin.schemas import ExchangeIn, ExchangeOut
from services.directory.signin.tokens import gateway_secret, signer
from shared.caller import TOKEN_SECONDS
from shared.db import utc_now
from shared.errors import NotFound
from shared.service import Runtime
from shared.web import Now, reads

internal = APIRouter(prefix="/internal")


async def gateway_alone(request: Request) -> Runtime:
    """Return the runtime; raise `NotFound` for anybody who does not know the gateway's secret."""
    runtime: Runtime = request.app.state.runtime
    shown = request.headers.get("huitang-gateway", "")
    if not compare_digest(shown.encode(), gateway_secret(runtime.settings.data / "gateway.secret").encode()):
        raise NotFound()
    return runtime


@internal.post("/token")
@reads
def issue_token(
    tx: Session, runtime: Annotated[Runtime, Depends(gateway_alone)], now: Now, body: ExchangeIn
) -> ExchangeOut:
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
