"""What one holds: account, grants, memberships, sessions, keys."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.accounts.queries import out_of
from services.directory.grants.queries import list_in_force
from services.directory.me.schemas import KeyOut, MeOut, OwnGrant, OwnMembership, SessionOut
from services.directory.memberships.queries import list_of
from services.directory.organisations.queries import names_of
from services.directory.organisations.rules import day_of
from services.directory.signin.models import ApiKey, BrowserSession, Credential
from shared.caller import Caller, Role
from shared.errors import NotFound, Unauthenticated
from shared.secret import digest_of

Kind = TypeVar("Kind", bound=Credential)


def get_own(tx: Session, caller: Caller) -> Account:
    """Return the caller's account; raise `Unauthenticated` where it was disabled a moment ago."""
    account = tx.get(Account, caller.account_id)
    if account is None or account.disabled_at:
        raise Unauthenticated()
    return account


def me_of(tx: Session, account: Account, now: datetime) -> MeOut:
    """Return who one is and what one may do today."""
    day = day_of(now)
    grants, memberships = list_in_force(tx, account.id, day), list_of(tx, account.id, day)
    places = [*(g.organisation_id for g in grants), *(m.organisation_id for m in memberships)]
    names = names_of(tx, [account.organisation_id, *places])
    return MeOut(
        **dict(out_of(account)),
        organisation=names.get(account.organisation_id or ""),
        grants=[
            OwnGrant(
                id=g.id,
                role=Role(g.role),
                organisation_id=g.organisation_id,
                organisation=names[g.organisation_id],
                scope=g.scope,
                until_on=g.until_on,
            )
            for g in grants
        ],
        memberships=[
            OwnMembership(
                id=m.id,
                organisation_id=m.organisation_id,
                organisation=names[m.organisation_id],
                number=m.number,
                from_on=m.from_on,
                until_on=m.until_on,
            )
            for m in memberships
        ],
    )


def get_credential(tx: Session, caller: Caller, kind: type[Kind], credential_id: str) -> Kind:
    """Return one of the caller's own sessions or keys; raise `NotFound`."""
    credential = tx.get(kind, credential_id)
    if credential is None or credential.account_id != caller.account_id or credential.ended_at:
        raise NotFound()
    return credential


def list_sessions(tx: Session, caller: Caller, cookie: str, now: datetime) -> list[SessionOut]:
    """Return the browsers that are signed in, newest first."""
    current = digest_of(cookie)
    return [
        SessionOut(
            id=row.id,
            agent=row.agent,
            made_at=row.made_at,
            used_on=row.used_on,
            expires_at=row.expires_at,
            current=row.digest == current,
        )
        for row in _holding(tx, caller, BrowserSession, now)
    ]


def list_keys(tx: Session, caller: Caller, now: datetime) -> list[KeyOut]:
    """Return the API keys that work, newest first."""
    return [KeyOut.model_validate(row) for row in _holding(tx, caller, ApiKey, now)]


def _holding(tx: Session, caller: Caller, kind: type[Kind], now: datetime) -> list[Kind]:
    account = get_own(tx, caller)
    rows = select(kind).where(
        kind.account_id == account.id,
        kind.ended_at.is_(None),
        kind.expires_at > now,
        kind.made_at >= account.credentials_since,
    )
    return list(tx.scalars(rows.order_by(kind.id.desc())))
