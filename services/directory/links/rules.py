"""Decisions about one-time links. No database, no clock."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Gone, NotFound
from shared.text import Text


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST_RUN = "first_run"
    RECOVERY = "recovery"
    SIGN_IN = "sign_in"


LASTING = {
    Purpose.FIRST_RUN: timedelta(days=7),
    Purpose.RECOVERY: timedelta(days=1),
    Purpose.SIGN_IN: timedelta(days=1),
}
"""How long an unused link works."""


class LinkUnknown(NotFound):
    """No such link was ever made."""

    title = Text("链接无效", "The link is not valid")
    detail = Text("请检查链接是否完整。", "Check whether the link is complete.")


class LinkOver(Gone):
    """A link works once, for a limited time, and only until a newer one is made."""

    title = Text("链接已失效", "The link is over")
    detail = Text(
        "该链接已使用、已过期或已被新链接取代，请索取新的链接。",
        "It was used, has expired or was replaced by a newer one; ask for a new link.",
    )


def check_link(now: datetime, *, expires_at: datetime, used_at: datetime | None) -> None:
    """Raise `LinkOver` for a link that was used or has expired."""
    if used_at is not None or now >= expires_at:
        raise LinkOver()
