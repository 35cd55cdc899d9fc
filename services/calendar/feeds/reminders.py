"""Reminders that a subscriber asks for: alarms put into stored bytes while a feed is joined."""

from services.calendar.entries.fragment import Fragment
from services.calendar.entries.words import FeedLanguage, phrase
from services.calendar.feeds.rules import Reminders
from shared.text import Text

_END = b"END:VEVENT\r\n"
_WORDS = Text("提醒", "Reminder")


def with_reminders(fragment: Fragment, reminders: Reminders, language: FeedLanguage) -> bytes:
    """Return the fragment's bytes with an alarm for each reminder; a cancelled entry reminds nobody.

    A day-long entry reminds at nine in the morning, as many days before as the reminder begins.
    """
    if not reminders or fragment.cancelled:
        return fragment.content
    triggers = dict.fromkeys(_morning(minutes) if fragment.all_day else f"-PT{minutes}M" for minutes in reminders)
    words = phrase(_WORDS, language)
    alarms = "".join(
        f"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:{words}\r\nTRIGGER:{trigger}\r\nEND:VALARM\r\n"
        for trigger in triggers
    )
    return fragment.content.removesuffix(_END) + alarms.encode() + _END


def _morning(minutes: int) -> str:
    days = -(-minutes // (24 * 60))
    return f"-PT{days * 24 - 9}H"
