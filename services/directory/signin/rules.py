"""Decisions about credentials: how long they hold, how often one may try, what a password needs. No database, no clock."""

from datetime import datetime
from enum import StrEnum

from shared.errors import Unauthenticated
from shared.text import Text


class CredentialKind(StrEnum):
    """What a caller shows."""

    SESSION = "session"
    KEY = "key"


class KeyScope(StrEnum):
    """What an API key may be used for."""

    READ = "read"
    WRITE = "write"


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST_RUN = "first_run"
    RECOVERY = "recovery"
    SIGN_IN = "sign_in"


class CredentialNotValid(Unauthenticated):
    """The session or key is unknown, has expired or was ended, or its account is disabled."""

    title = Text("登录状态或密钥无效", "The session or key is not valid")
    detail = Text("请重新登录，或使用新的 API 密钥。", "Sign in again, or use a new API key.")


def holds(
    now: datetime, *, made_at: datetime, expires_at: datetime, ended_at: datetime | None, since: datetime
) -> bool:
    """Tell whether a credential counts: not ended, not expired, and made no earlier than the account's `since`."""
    return ended_at is None and now < expires_at and made_at >= since
