"""What people do with their own credentials: choose a password, make keys, end keys and sessions."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from services.directory.me.queries import get_credential, get_own
from services.directory.me.rules import WrongPassword, last_day
from services.directory.me.schemas import KeyIn, KeyMadeOut, KeyOut, PasswordIn
from services.directory.organisations.rules import HOME, day_of
from services.directory.signin.actions import end_credential, issue_key, put_password
from services.directory.signin.models import ApiKey, BrowserSession, Password
from services.directory.signin.passwords import fits, hash_password
from services.directory.signin.rules import check_password
from shared.caller import Caller
from shared.db import Database
from shared.secret import digest_of


def prepare_password(db: Database, caller: Caller, body: PasswordIn) -> str:
    """Return the hash of a new password, computed outside any transaction; raise `WrongPassword` or `PasswordTooWeak`."""
    with db.reading() as tx:
        account = get_own(tx, caller)
        kept = tx.get(Password, account.id)
    if not fits(kept.hash if kept else None, body.current):
        raise WrongPassword()
    check_password(body.password, account.email, account.phone)
    return hash_password(body.password)


def change_password(tx: Session, caller: Caller, hashed: str, cookie: str, now: datetime) -> None:
    """Give oneself a new password, and end all one's other sessions."""
    put_password(tx, get_own(tx, caller), hashed, now, keep=digest_of(cookie))


def make_key(tx: Session, caller: Caller, body: KeyIn, now: datetime) -> KeyMadeOut:
    """Make an API key that works to the end of its last day; its secret is shown this once."""
    day = last_day(body.until_on, day_of(now))
    expires_at = (datetime.combine(day, time(), HOME) + timedelta(days=1)).astimezone(UTC)
    key, secret = issue_key(tx, get_own(tx, caller).id, body.name, body.scope, expires_at, now)
    return KeyMadeOut(**dict(KeyOut.model_validate(key)), key=secret)


def end_key(tx: Session, caller: Caller, key_id: str, now: datetime) -> None:
    """End one of one's own keys at once."""
    end_credential(tx, get_credential(tx, caller, ApiKey, key_id), now)


def end_session(tx: Session, caller: Caller, session_id: str, now: datetime) -> None:
    """Sign one of one's own browsers out at once."""
    end_credential(tx, get_credential(tx, caller, BrowserSession, session_id), now)
