"""The table of formats: by name, what each can do, and which one a file is in."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.events.exchange import (
    ical,
    ical_writing,
    json_ld,
    own_json,
    schedule_json,
    schedule_xml,
    table_writing,
    tables,
)
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from services.events.exchange.rules import refuse
from services.events.exchange.sheets import is_workbook

Reader = Callable[[bytes, ReadOptions], ProgrammeFile]
Writer = Callable[[ProgrammeFile], bytes]
_OURS = re.compile(rb'"format"\s*:\s*"huitang-programme/')


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, how its files end, and what can be done with it."""

    name: str
    media_type: str
    ending: str
    read: Reader | None
    write: Writer | None


FORMATS = {
    each.name: each
    for each in (
        Format("json", "application/json", ".json", own_json.read, own_json.write),
        Format("schedule.xml", "application/xml", ".xml", schedule_xml.read, schedule_xml.write),
        Format("schedule.json", "application/json", ".schedule.json", schedule_json.read, schedule_json.write),
        Format("ics", "text/calendar; charset=utf-8", ".ics", ical.read, ical_writing.write),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            tables.read,
            table_writing.write_xlsx,
        ),
        Format("csv", "text/csv; charset=utf-8", ".csv", tables.read, table_writing.write_csv),
        Format("jsonld", "application/ld+json", ".jsonld", None, json_ld.write),
    )
}
PUBLIC = {
    "schedule.xml": FORMATS["schedule.xml"],
    "schedule.json": FORMATS["schedule.json"],
    "programme.json": FORMATS["json"],
    "programme.jsonld": FORMATS["jsonld"],
    "programme.xlsx": FORMATS["xlsx"],
    "programme.csv": FORMATS["csv"],
}
"""The files of what is public, by their names; as iCalendar it is the calendar's feed."""

READERS: dict[str, Reader] = {name: each.read for name, each in FORMATS.items() if each.read}
WRITERS: dict[str, Writer] = {name: each.write for name, each in FORMATS.items() if each.write}


def detect(filename: str, data: bytes) -> str:
    """Return the name of the format that a file is in, by what it holds rather than what it is called.

    Raises `Problems` (`unknown_format`) for anything that no reader would know.
    """
    start = (
        data[:4096]
        .replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    head = start.lstrip()
    if is_workbook(data):
        return "xlsx"
    if head.startswith(b"<"):
        return "schedule.xml"
    if head.startswith((b"{", b"[")):
        return "json" if _OURS.search(data) else "schedule.json"
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    ending = filename.lower().rpartition(".")[2]
    if ending in ("csv", "tsv", "txt") or (ending not in ("xml", "json", "ics", "xlsx") and b"," in head):
        return "csv"
    return refuse("unknown_format", found=filename)
