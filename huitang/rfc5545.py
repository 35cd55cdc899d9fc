"""The rules of RFC 5545 and 7986 that our feeds promise, checked on the octets and not through a library.

What a feed promises over HTTP is held in `feed_check.py`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

NAME = r"[A-Z0-9-]+"
PARAMETER = rf';({NAME})=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
LINE = re.compile(rf"({NAME})((?:{PARAMETER})*):(.*)", re.DOTALL)
TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
TEXTS = re.compile(rf"{TEXT.pattern}(?:,{TEXT.pattern})*")
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
TIME = r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"
URI = r"[a-z][a-z0-9+.-]*:[!-~]+"
DURATION = r"-?P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?"
FORMS: dict[str, str | re.Pattern[str]] = {
    "SUMMARY": TEXT, "DESCRIPTION": TEXT, "LOCATION": TEXT, "CONTACT": TEXT, "NAME": TEXT, "UID": r"[!-~]+",
    "X-WR-CALNAME": TEXT, "X-WR-CALDESC": TEXT, "CATEGORIES": TEXTS, "VERSION": r"2\.0", "CALSCALE": "GREGORIAN",
    "METHOD": "PUBLISH", "PRODID": TEXT, "SEQUENCE": r"\d+", "STATUS": "CONFIRMED|TENTATIVE|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT", "CLASS": "PUBLIC|PRIVATE|CONFIDENTIAL", "GEO": r"-?\d+\.\d+;-?\d+\.\d+", "URL": URI,
    "SOURCE": URI, "ORGANIZER": URI, "COLOR": "[a-z]+", "X-APPLE-CALENDAR-COLOR": "#[0-9A-F]{6}",
    "REFRESH-INTERVAL": DURATION, "X-PUBLISHED-TTL": DURATION, "TRIGGER": DURATION, "ACTION": "DISPLAY",
    "DTSTAMP": rf"{DATE}T{TIME}Z", "LAST-MODIFIED": rf"{DATE}T{TIME}Z", "CREATED": rf"{DATE}T{TIME}Z",
    "DTSTART": rf"{DATE}(?:T{TIME}Z?)?", "DTEND": rf"{DATE}(?:T{TIME}Z?)?", "TZID": r"[A-Za-z0-9_+/-]+",
    "TZOFFSETFROM": r"[+-]\d{4}(?:\d\d)?", "TZOFFSETTO": r"[+-]\d{4}(?:\d\d)?", "X-WR-TIMEZONE": r"[A-Za-z0-9_+/-]+",
    "X-HUITANG-NEXT": URI,
}  # fmt: skip
ALLOWED = {
    "VCALENDAR": {"VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "DESCRIPTION", "SOURCE", "REFRESH-INTERVAL",
                  "COLOR"},
    "VTIMEZONE": {"TZID", "LAST-MODIFIED", "TZURL"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RDATE", "RRULE", "COMMENT"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RDATE", "RRULE", "COMMENT"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL",
               "CATEGORIES", "STATUS", "TRANSP", "CLASS", "CONTACT", "ORGANIZER", "LAST-MODIFIED", "CREATED"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
}  # fmt: skip
NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
}
INSIDE = {"VCALENDAR": "", "VTIMEZONE": "VCALENDAR", "VEVENT": "VCALENDAR", "VALARM": "VEVENT",
          "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE"}  # fmt: skip


@dataclass
class Block:
    """A component: its name, properties as (name, parameters, value), and what stands in it."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    inner: list["Block"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return parameters and value of a property, or nothing."""
        return next((parameters + ":" + value for key, parameters, value in self.lines if key == name), "")


def problems_of(content: bytes) -> list[str]:
    """Name everything in `content` that breaks a rule; an empty list means valid."""
    found = list(_octets(content))
    if found:
        return found
    calendar, problems = _blocks(content)
    if calendar:
        problems += chain.from_iterable(map(_component, _walk(calendar)))
        problems += _across(calendar)
    return problems


def _octets(content: bytes) -> list[str]:
    problems = []
    if not content.endswith(b"\r\n"):
        problems.append("the last line does not end in CRLF")
    for number, raw in enumerate(content.removesuffix(b"\r\n").split(b"\r\n"), start=1):
        if len(raw) > 75:
            problems.append(f"line {number}: {len(raw)} octets")
        if not raw.strip(b" \t") and number > 1 and raw in (b"", b" ", b"\t"):
            problems.append(f"line {number}: empty")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", raw):
            problems.append(f"line {number}: control character")
        try:
            raw.decode()
        except UnicodeDecodeError:
            problems.append(f"line {number}: splits a character")
    return problems


def _blocks(content: bytes) -> tuple[Block | None, list[str]]:
    problems: list[str] = []
    open_blocks = [Block("")]
    for line in content.decode().replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n").split("\r\n"):
        match = LINE.fullmatch(line)
        if not match:
            problems.append(f"not a content line: {line[:60]!r}")
            continue
        name, parameters, value = match[1], match[2], match[match.lastindex or 0]
        if name == "BEGIN":
            block = Block(value)
            if INSIDE.get(value) != open_blocks[-1].name:
                problems.append(f"{value} inside {open_blocks[-1].name or 'nothing'}")
            open_blocks[-1].inner.append(block)
            open_blocks.append(block)
        elif name == "END":
            if len(open_blocks) == 1 or open_blocks.pop().name != value:
                return None, [*problems, f"END:{value} out of place"]
        else:
            open_blocks[-1].lines.append((name, parameters, value))
    if len(open_blocks) != 1 or len(open_blocks[0].inner) != 1 or open_blocks[0].lines:
        return None, [*problems, "not exactly one closed VCALENDAR"]
    return open_blocks[0].inner[0], problems


def _walk(block: Block) -> list[Block]:
    return [block, *chain.from_iterable(map(_walk, block.inner))]


def _component(block: Block) -> list[str]:
    counts = Counter(name for name, _, _ in block.lines)
    where = f"{block.name} {block.get('UID') or block.get('TZID')}"
    problems = [f"{where}: {name} {count} times" for name, count in counts.items() if count > 1]
    problems += [f"{where}: no {name}" for name in sorted(NEEDED.get(block.name, set()) - counts.keys())]
    allowed = ALLOWED.get(block.name, set())
    problems += [f"{where}: {name} not allowed" for name in counts if name not in allowed and not name.startswith("X-")]
    for name, _, value in block.lines:
        if name not in FORMS or not re.fullmatch(FORMS[name], value):
            problems.append(f"{where}: {name} has the value {value[:40]!r}")
    if block.name == "VTIMEZONE" and not block.inner:
        problems.append(f"{where}: no observance")
    start, end = block.get("DTSTART"), block.get("DTEND")
    if end and start.split(":")[0] == end.split(":")[0] and end <= start:
        problems.append(f"{where}: ends at its start or before")
    if end and ("VALUE=DATE:" in start) != ("VALUE=DATE:" in end):
        problems.append(f"{where}: mixes a date and a time")
    return problems


def _across(calendar: Block) -> list[str]:
    described = Counter(block.get("TZID").removeprefix(":") for block in calendar.inner if block.name == "VTIMEZONE")
    events = [block for block in calendar.inner if block.name == "VEVENT"]
    used = {
        match[1]
        for event in events
        for _, parameters, _ in event.lines
        if (match := re.search(r";TZID=([^;:]+)", parameters))
    }
    uids = Counter(event.get("UID") for event in events)
    problems = [f"zone {zone} described {count} times" for zone, count in described.items() if count > 1]
    problems += [f"zone {zone} used but not described" for zone in sorted(used - described.keys())]
    problems += [f"zone {zone} described but not used" for zone in sorted(described.keys() - used)]
    problems += [f"UID {uid} {count} times" for uid, count in uids.items() if count > 1]
    names = [block.name for block in calendar.inner]
    if names != sorted(names, key=lambda name: name != "VTIMEZONE"):
        problems.append("a zone stands below an entry")
    return problems
