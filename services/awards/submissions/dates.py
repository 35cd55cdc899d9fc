"""What calendars are told of the clock of a nomination that was returned. Pure: values in, the entry out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shared.messages.dates import Audience, DateEntry, Topic
from shared.text import Text

_TITLE = Text("{cycle}：补正截止（{number}）", "{cycle}: corrections end ({number})")


def correction_entry_id(nomination_id: str) -> str:
    """Return the entry id of the clock of a nomination."""
    return f"correction-{nomination_id}"


def correction_entry(
    nomination_id: str,
    number: str,
    unit_id: str,
    until: datetime,
    *,
    cycle: Text,
    zone: str,
    topics: tuple[Topic, ...],
    organizer: Text | None,
    now: datetime,
) -> DateEntry:
    """Return the entry of the end of a clock, which the people of the unit see; nobody is named in it."""
    local = until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return DateEntry(
        entry_id=correction_entry_id(nomination_id),
        changed_at=now,
        kind="deadline",
        start_local=local,
        end_local=local,
        zone=zone,
        title=_TITLE.format(cycle=cycle, number=number),
        topics=topics,
        audience=Audience(kind="organisation", organisation_id=unit_id),
        organizer=organizer,
    )
