"""What a new installation begins with: the root, its first administrator, and the one of the server itself."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts import actions as accounts
from services.directory.accounts.models import Account
from services.directory.grants.actions import give_grant
from services.directory.grants.queries import list_in_force
from services.directory.grants.schemas import GrantIn
from services.directory.organisations.actions import ensure_root, name_root
from services.directory.organisations.rules import day_of
from services.directory.setup.queries import find_local
from services.directory.signin.actions import end_credential, issue_key, put_password
from services.directory.signin.models import ApiKey
from services.directory.signin.rules import KeyScope, holds
from shared.caller import Role
from shared.db import Database, in_turn
from shared.files import write_private
from shared.secret import digest_of
from shared.text import Text

LOCAL_KEY_LASTS = timedelta(days=3650)

FIRST_RUN = "first-run"
"""Whoever makes what a new installation begins with does so in this turn."""


def ensure_local_key(db: Database, path: Path) -> None:
    """Make sure that the key in the file speaks for the server's own account, an administrator of the root.

    Whatever is missing is made: the root, the account, its grant, the key and the file (0600). Keys that the file held
    before are ended.
    """
    now = db.clock()
    kept = path.read_text().strip() if path.exists() else ""
    with db.transaction() as tx:
        in_turn(tx, FIRST_RUN)
        account = _ensure_local(tx, now)
        secret = _ensure_key(tx, account, kept, now)
    if secret != kept:
        write_private(path, f"{secret}\n")


def make_first_administrator(
    tx: Session, organisation: Text, name: Text, email: str, hashed: str, now: datetime
) -> Account:
    """Name the root, and open the account of its first administrator; raise `ContactTaken`."""
    root = ensure_root(tx)
    if organisation and organisation != root.name:
        name_root(tx, root, organisation)
    account = accounts.enter(tx, None, {"name": name, "email": email, "organisation_id": root.id}, now)
    give_grant(tx, None, account.id, GrantIn(role=Role.ADMINISTRATOR, organisation_id=root.id), now)
    put_password(tx, account, hashed, now)
    return account


def _ensure_local(tx: Session, now: datetime) -> Account:
    root = ensure_root(tx)
    account = find_local(tx)
    if account is None:
        values = {"name": Text("本机管理员", "Local administrator"), "organisation_id": root.id}
        account = accounts.enter(tx, None, values, now, local=True)
    held = [(g.role, g.organisation_id, g.scope) for g in list_in_force(tx, account.id, day_of(now))]
    if (Role.ADMINISTRATOR, root.id, None) not in held:
        give_grant(tx, None, account.id, GrantIn(role=Role.ADMINISTRATOR, organisation_id=root.id), now)
    return account


def _ensure_key(tx: Session, account: Account, kept: str, now: datetime) -> str:
    keys = tx.scalars(select(ApiKey).where(ApiKey.account_id == account.id, ApiKey.ended_at.is_(None))).all()
    for key in keys:
        if key.digest == digest_of(kept) and holds(
            now,
            made_at=key.made_at,
            expires_at=key.expires_at,
            ended_at=key.ended_at,
            since=account.credentials_since,
        ):
            return kept
    for key in keys:
        if key.name == "cli.key":
            end_credential(tx, key, now)
    return issue_key(tx, account.id, "cli.key", KeyScope.WRITE, now + LOCAL_KEY_LASTS, now)[1]
