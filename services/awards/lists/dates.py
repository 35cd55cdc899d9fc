"""What calendars are told of an accepted list: the days on which objections to it are taken. Pure."""

from datetime import date, datetime

from services.awards.cycles.dates import CycleDates
from shared.messages.dates import DateEntry
from shared.text import Text

_TITLE = Text("{cycle}：受理名单公布及异议期", "{cycle}: accepted list published, objections taken")


def list_entry_id(cycle_id: str) -> str:
    """Return the entry id of a cycle's accepted list, which stays when it is published again."""
    return f"accepted-{cycle_id}"


def accepted_page(slug: str) -> str:
    """Return the address of the page of a cycle's accepted list, without the language."""
    return f"/awards/cycles/{slug}/accepted"


def notice_page(list_id: str) -> str:
    """Return the address at which a list stays as it was published, without the language."""
    return f"/notices/{list_id}"


def list_entry(cycle_id: str, slug: str, said: CycleDates, first: date, last: date, now: datetime) -> DateEntry:
    """Return the entry of an objection window."""
    return DateEntry(
        entry_id=list_entry_id(cycle_id),
        changed_at=now,
        kind="notice",
        start_on=first,
        end_on=last,
        title=_TITLE.format(cycle=said.name),
        topics=said.topics,
        link=accepted_page(slug),
        organizer=said.organizer,
    )
