"""What is done with one-time links: make them, and use them up. Only their hashes are kept."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from services.directory.accounts.actions import get_managed
from services.directory.accounts.contacts import contact_of
from services.directory.accounts.models import Account
from services.directory.accounts.queries import find_by_contact
from services.directory.links.models import OneTimeLink
from services.directory.links.rules import LASTING, LinkOver, Purpose, check_link
from services.directory.links.schemas import LinkForm, LinkOut
from services.directory.organisations.actions import ensure_root
from services.directory.organisations.rules import day_of
from services.directory.setup.actions import FIRST_RUN, make_first_administrator
from services.directory.setup.queries import has_administrator
from services.directory.signin.actions import put_password
from shared.audit import record
from shared.caller import Caller
from shared.db import Database, in_turn
from shared.ledger import emit
from shared.messages.directory import CredentialEnded
from shared.secret import digest_of, new_secret
from shared.settings import Settings
from shared.text import Language


def first_run_link(db: Database, settings: Settings) -> str | None:
    """Return a link that makes the first administrator, in place of those printed before; nothing where there is one."""
    with db.transaction() as tx:
        in_turn(tx, FIRST_RUN)
        ensure_root(tx)
        if has_administrator(tx, day_of(db.clock())):
            return None
        secret = make_link(tx, None, Purpose.FIRST_RUN, None, db.clock())
    return address_of(settings.address(), "zh", secret)


def recovery_link(db: Database, settings: Settings, email: str) -> str | None:
    """Return a link that lets the account of an email address (or phone) choose a password; nothing without such an account."""
    return _link_for(db, settings, email, Purpose.RECOVERY)


def sign_in_link(db: Database, settings: Settings, email: str) -> str | None:
    """Return a link that signs an account in once; for samples on the server itself, since it speaks for somebody else."""
    return _link_for(db, settings, email, Purpose.SIGN_IN)


def offer_recovery(tx: Session, caller: Caller, account_id: str, now: datetime) -> LinkOut:
    """Make a recovery link for an account that the caller manages, to be handed over in person."""
    account = get_managed(tx, caller, account_id, now)
    secret = make_link(tx, caller, Purpose.RECOVERY, account.id, now)
    url = address_of(tx.info["address"], "en" if account.language == "en" else "zh", secret)
    return LinkOut(url=url, expires_at=now + LASTING[Purpose.RECOVERY])


def make_link(tx: Session, caller: Caller | None, purpose: Purpose, account_id: str | None, now: datetime) -> str:
    """Make a one-time link and return its secret, which is kept nowhere.

    One of the first run or of a recovery takes the place of those made before; sample links may be handed to several.
    """
    secret = new_secret()
    if purpose is not Purpose.SIGN_IN:
        same = OneTimeLink.account_id == account_id if account_id else OneTimeLink.account_id.is_(None)
        unused = same & (OneTimeLink.purpose == purpose) & OneTimeLink.used_at.is_(None)
        tx.execute(update(OneTimeLink).where(unused).values(used_at=now))
    link = OneTimeLink(
        digest=digest_of(secret),
        purpose=purpose,
        account_id=account_id,
        made_at=now,
        expires_at=now + LASTING[purpose],
    )
    tx.add(link)
    tx.flush()
    record(tx, caller, "link.made", account_id or link.id, purpose=purpose)
    return secret


def use_link(tx: Session, link: OneTimeLink, now: datetime) -> None:
    """Use a link up; raise `LinkOver`."""
    tx.refresh(link, with_for_update=True)
    check_link(now, expires_at=link.expires_at, used_at=link.used_at)
    link.used_at = now
    record(tx, None, "link.used", link.account_id or link.id, purpose=link.purpose)


def take_link(tx: Session, link: OneTimeLink, form: LinkForm, hashed: str, now: datetime) -> Account:
    """Use a link for what it is for, and return whom it signs in; raise `LinkOver`, or `ContactTaken` in the first run."""
    use_link(tx, link, now)
    if link.purpose == Purpose.FIRST_RUN:
        in_turn(tx, FIRST_RUN)
        if has_administrator(tx, day_of(now)):
            raise LinkOver()
        email = contact_of(form.email)
        return make_first_administrator(tx, form.organisation(), form.name(), email, hashed, now)
    account = tx.get_one(Account, link.account_id)
    if account.disabled_at:
        raise LinkOver()
    if link.purpose == Purpose.RECOVERY:
        put_password(tx, account, hashed, now)
        emit(tx, CredentialEnded(account_id=account.id))
    return account


def address_of(address: str, language: Language, secret: str) -> str:
    """Return the address of a link."""
    return f"{address}/{language}/sign-in/{secret}"


def _link_for(db: Database, settings: Settings, contact: str, purpose: Purpose) -> str | None:
    with db.transaction() as tx:
        account = find_by_contact(tx, contact_of(contact))
        if account is None or account.disabled_at:
            return None
        secret = make_link(tx, None, purpose, account.id, db.clock())
    return address_of(settings.address(), "en" if account.language == "en" else "zh", secret)
