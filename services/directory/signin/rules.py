"""Decisions about credentials: how long they hold, how often one may try, what a password needs. No database, no clock."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Invalid, TooMany, Unauthenticated
from shared.text import Text

PATIENCE = 5
"""So many attempts may fail in a row before one has to wait."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
SHORTEST, LONGEST = 10, 200
"""How many characters a password has."""

_GUESSED = ("password", "qwertyuiop", "1234567890", "0123456789", "iloveyou", "administrator", "huitang", "letmein")


class CredentialKind(StrEnum):
    """What a caller shows."""

    SESSION = "session"
    KEY = "key"


class KeyScope(StrEnum):
    """What an API key may be used for."""

    READ = "read"
    WRITE = "write"


class CredentialNotValid(Unauthenticated):
    """The session or key is unknown, has expired or was ended, or its account is disabled."""

    title = Text("登录状态或密钥无效", "The session or key is not valid")
    detail = Text("请重新登录，或使用新的 API 密钥。", "Sign in again, or use a new API key.")


class WrongCredentials(Unauthenticated):
    """Whether the account or the password is wrong is not told, and the account is perhaps disabled."""

    title = Text("账号或密码不正确", "The account or the password is not right")
    detail = Text(
        "请检查邮箱（或手机号）和密码；如忘记密码，请联系所属机构的管理员。",
        "Check the email address (or phone number) and the password; if it is lost, ask your organisation's administrator.",
    )


class TooManyAttempts(TooMany):
    """Too many attempts at one account have failed in a row, whether it exists or not."""

    title = Text("尝试次数过多", "Too many attempts")
    detail = Text("请在 {seconds} 秒后重试。", "Try again in {seconds} seconds.")
    retry_after = 30


class PasswordTooWeak(Invalid):
    """A password is long enough and not among the first that anybody would try."""

    title = Text("密码强度不足", "The password is too weak")
    detail = Text(
        "密码须有 {shortest} 至 {longest} 个字符，且不应是常见密码或包含您的邮箱、手机号。",
        "A password has {shortest} to {longest} characters, is no common one and does not hold your email or phone number.",
    )


def holds(
    now: datetime, *, made_at: datetime, expires_at: datetime, ended_at: datetime | None, since: datetime
) -> bool:
    """Tell whether a credential counts: not ended, not expired, and made no earlier than the account's `since`."""
    return ended_at is None and now < expires_at and made_at >= since


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: nothing at first, then longer each time."""
    if failures < PATIENCE:
        return timedelta()
    doubled: int = 1 << min(failures - PATIENCE, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def check_open(closed_until: datetime | None, now: datetime) -> None:
    """Raise `TooManyAttempts` until the wait is over."""
    if closed_until and now < closed_until:
        raise TooManyAttempts(seconds=int((closed_until - now).total_seconds()) + 1)


def check_password(password: str, *contacts: str | None) -> None:
    """Raise `PasswordTooWeak` for a password that is short, common or made of the account's own contacts."""
    folded = password.lower()
    guessed = [*_GUESSED, *(c.lower().partition("@")[0].removeprefix("+86") for c in contacts if c)]
    left = folded
    for words in guessed:
        left = left.replace(words, "") if len(words) > 3 else left
    if not SHORTEST <= len(password) <= LONGEST or len(set(folded)) < 4 or len(left) < 4:
        raise PasswordTooWeak(shortest=SHORTEST, longest=LONGEST)


def safe_way_on(asked: str, otherwise: str) -> str:
    """Return where to go on: an address of this site, or `otherwise`."""
    here = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked and asked.isprintable()
    return asked if here and len(asked) <= 2000 else otherwise
