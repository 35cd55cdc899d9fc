"""What is asked and answered about who is at a draft."""

from datetime import datetime

from shared.schema import Id, In, Out
from shared.text import Text


class PresenceIn(In):
    """Which session the caller has selected, if any."""

    session_id: Id | None = None


class PresenceOut(Out):
    """Somebody else who is at the draft."""

    account_id: str
    name: Text
    since: datetime
    session_id: str | None
