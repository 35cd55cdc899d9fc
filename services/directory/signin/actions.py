"""What is done with credentials: attempts, sessions, keys, passwords. Whatever ends one tells the gateways."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts.contacts import contact_of
from services.directory.accounts.models import Account
from services.directory.accounts.queries import find_by_contact
from services.directory.organisations.rules import day_of
from services.directory.signin.models import ApiKey, BrowserSession, Credential, Failures, Password
from services.directory.signin.passwords import fits
from services.directory.signin.rules import (
    FORGOTTEN_AFTER,
    KeyScope,
    TooManyAttempts,
    WrongCredentials,
    check_open,
    wait_after,
)
from shared.audit import record
from shared.caller import Caller
from shared.db import Database, in_turn, new_id
from shared.errors import Refusal
from shared.ledger import emit
from shared.messages.directory import CredentialEnded
from shared.secret import digest_of, new_secret


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt to sign in: the account, or why not."""

    account_id: str = ""
    refusal: Refusal | None = None


def attempt(db: Database, words: str, password: str, now: datetime) -> Attempt:
    """Check an account and its password, and count the failure.

    In words and in time it is the same whether there is no such account, no password, or another one. The hash is
    computed between two transactions, never inside one.
    """
    contact = contact_of(words)
    with db.reading() as tx:
        failures = tx.get(Failures, digest_of(contact))
        account = find_by_contact(tx, contact)
        kept = tx.get(Password, account.id) if account else None
    try:
        check_open(failures.closed_until if failures else None, now)
    except TooManyAttempts as refusal:
        return Attempt(refusal=refusal)
    good = fits(kept.hash if kept else None, password) and account is not None and account.disabled_at is None
    with db.transaction() as tx:
        _count(tx, digest_of(contact), good, now)
    return Attempt(account.id) if good and account else Attempt(refusal=WrongCredentials())


def begin_session(tx: Session, account: Account, agent: str, days: int, now: datetime) -> tuple[BrowserSession, str]:
    """Sign a browser in; return the session and its secret, which is kept nowhere."""
    secret = new_secret()
    session = BrowserSession(
        account_id=account.id,
        digest=digest_of(secret),
        agent=agent[:200],
        made_at=now,
        used_on=day_of(now),
        expires_at=now + timedelta(days=days),
    )
    tx.add(session)
    tx.flush()
    record(tx, Caller(account.id), "session.begun", session.id, account=account.id)
    return session, secret


def issue_key(
    tx: Session, account_id: str, name: str, scope: KeyScope, expires_at: datetime, now: datetime
) -> tuple[ApiKey, str]:
    """Make an API key for an account; return it and its secret, which is kept nowhere."""
    id_ = new_id()
    beginning = f"ht_{id_.replace('-', '')[-10:]}"
    secret = f"{beginning}_{new_secret()}"
    key = ApiKey(
        id=id_,
        account_id=account_id,
        digest=digest_of(secret),
        name=name,
        beginning=beginning,
        scope=scope,
        made_at=now,
        expires_at=expires_at,
    )
    tx.add(key)
    tx.flush()
    record(tx, Caller(account_id), "key.made", key.id, account=account_id, scope=scope, expires=expires_at)
    return key, secret


def end_credential(tx: Session, credential: Credential, now: datetime) -> None:
    """End a session or key, unless it has ended."""
    if credential.ended_at is None:
        credential.ended_at = now
        what = "session" if isinstance(credential, BrowserSession) else "key"
        record(tx, Caller(credential.account_id), f"{what}.ended", credential.id, account=credential.account_id)
        emit(tx, CredentialEnded(account_id=credential.account_id, credential=credential.digest))


def sign_out(tx: Session, secret: str, now: datetime) -> None:
    """End the session of a cookie, if there is one."""
    session = tx.scalar(select(BrowserSession).where(BrowserSession.digest == digest_of(secret)))
    if session is not None:
        end_credential(tx, session, now)


def put_password(tx: Session, account: Account, hashed: str, now: datetime, *, keep: str = "") -> None:
    """Give an account a password, and end its sessions but the one whose digest is `keep`."""
    password = tx.get(Password, account.id) or Password(account_id=account.id)
    password.hash, password.changed_at = hashed, now
    tx.add(password)
    record(tx, Caller(account.id), "password.changed", account.id)
    for session in tx.scalars(
        select(BrowserSession).where(
            BrowserSession.account_id == account.id, BrowserSession.ended_at.is_(None), BrowserSession.digest != keep
        )
    ):
        end_credential(tx, session, now)


def note_use(tx: Session, credential: Credential, day: date) -> None:
    """Keep the day on which a credential was last used."""
    tx.get_one(type(credential), credential.id).used_on = day


def _count(tx: Session, digest: str, good: bool, now: datetime) -> None:
    in_turn(tx, f"failures:{digest}")
    failures = tx.get(Failures, digest)
    if good:
        if failures is not None:
            tx.delete(failures)
        return
    if failures is None:
        failures = Failures(digest=digest, count=0)
        tx.add(failures)
    elif now - failures.last_at > FORGOTTEN_AFTER:
        failures.count = 0
    failures.count, failures.last_at = failures.count + 1, now
    wait = wait_after(failures.count)
    failures.closed_until = now + wait if wait else None
