"""The names of calendar programs, as their owners know them, from what they say of themselves."""

from shared.text import Text, same

_KNOWN: tuple[tuple[str, Text], ...] = (
    ("google-calendar", Text("Google 日历", "Google Calendar")),
    ("dataaccessd", Text("iPhone 或 iPad", "an iPhone or iPad")),
    ("calendaragent", Text("Mac 日历", "Calendar on a Mac")),
    ("macos", Text("Mac 日历", "Calendar on a Mac")),
    ("thunderbird", same("Thunderbird")),
    ("icsx5", same("ICSx⁵")),
    ("outlook", same("Outlook")),
    ("exchange", same("Outlook")),
    ("mozilla", Text("网页浏览器", "a web browser")),
)


def name_of(client: str) -> Text:
    """Return the name of a program by its `User-Agent`; an unknown one by its first word."""
    told = client.lower()
    known = next((name for mark, name in _KNOWN if mark in told), None)
    return known or same(client.partition("/")[0].strip()[:40])
