"""Which credential holds, and for whom it speaks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.grants.queries import as_claims, list_in_force
from services.directory.memberships.queries import societies_of
from services.directory.organisations.rules import day_of
from services.directory.signin.models import ApiKey, BrowserSession, Credential
from services.directory.signin.rules import CredentialKind, CredentialNotValid, KeyScope, holds
from shared.caller import Caller
from shared.secret import digest_of
from shared.text import Language


@dataclass(frozen=True)
class Spoken:
    """A credential that holds: whom it speaks for, its row, and whether this is its first use today."""

    caller: Caller
    credential: Credential
    first_today: bool


def exchange(tx: Session, secret: str, kind: CredentialKind, now: datetime) -> Spoken:
    """Return whom a session token or API key speaks for now; raise `CredentialNotValid`."""
    table: type[Credential] = BrowserSession if kind is CredentialKind.SESSION else ApiKey
    found = tx.execute(
        select(table, Account).join(Account, Account.id == table.account_id).where(table.digest == digest_of(secret))
    ).first()
    if found is None:
        raise CredentialNotValid()
    credential, account = found[0], found[1]
    if account.disabled_at or not holds(
        now,
        made_at=credential.made_at,
        expires_at=credential.expires_at,
        ended_at=credential.ended_at,
        since=account.credentials_since,
    ):
        raise CredentialNotValid()
    read_only = isinstance(credential, ApiKey) and credential.scope == KeyScope.READ
    caller = caller_of(tx, account, now, read_only=read_only)
    return Spoken(caller, credential, credential.used_on != day_of(now))


def caller_of(tx: Session, account: Account, now: datetime, *, read_only: bool = False) -> Caller:
    """Return an account as services see it, with what it may do today."""
    day = day_of(now)
    language: Language = "en" if account.language == "en" else "zh"
    return Caller(
        account_id=account.id,
        name=account.name,
        organisation=account.organisation_id,
        grants=as_claims(list_in_force(tx, account.id, day)),
        memberships=societies_of(tx, account.id, day),
        language=language,
        read_only=read_only,
    )
