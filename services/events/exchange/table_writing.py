"""Programmes as tables: XLSX and CSV with the headings that `tables` reads, and an empty one to fill in.

A table holds less than a programme: titles and abstracts in both languages, but one name a room, person and track.
"""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

from services.events.exchange.headings import heading_of
from services.events.exchange.programme_file import FilePerson, FileSession, ProgrammeFile
from services.events.exchange.table_facts import LABELS
from shared.late import Late
from shared.text import Language

xlsxwriter = Late("xlsxwriter")

_COLUMNS = {
    "key": 16, "date": 12, "time": 15, "minutes": 12, "room": 20, "track": 20, "type": 12, "title": 40, "title_zh": 40, "title_en": 40,
    "subtitle": 24, "moderator": 20, "chair": 20, "keynote": 24, "speaker": 32, "panelist": 32, "language": 8,
    "abstract": 50, "abstract_zh": 50, "abstract_en": 50, "description": 40, "link": 24,
}  # fmt: skip
_NOT_TO_FILL = ("key", "chair", "keynote", "subtitle", "description", "link")
_ROLE_COLUMNS = {"moderator", "chair", "keynote", "panelist"}
_LONGEST = 32_767
_FORMULA = ("=", "+", "-", "@")
_HELP = (
    "一行填一项日程；同一天的日程，日期只填第一行即可。",
    "日期如 2023年2月4日 或 2023-02-04；时间如 9：00—10：30。",
    "多位人员用顿号分隔，单位写在姓名后的括号内：张三（清华大学）、李四（北京大学）。",
    "尚未安排时间的日程，日期和时间留空。",
    "在“会议信息”表中填写时区，例如 Asia/Shanghai。",
    "One row per session; within a day the date is needed only once.",
    "Dates as 2023-02-04, times as 9:00-10:30; leave both empty while a session has no place.",
    "Separate people by commas, affiliations in brackets: Ann Lee (ESA), Bob Roy (CERN).",
)


def write_xlsx(programme: ProgrammeFile) -> bytes:
    """Write a workbook: the programme, and a sheet about the whole of it. Texts end at Excel's 32,767 characters."""
    facts = {
        "title_zh": programme.title.zh,
        "title_en": programme.title.en,
        "acronym": programme.acronym,
        "zone": programme.zone,
        "venue": programme.venue.in_(programme.language),
        "city": programme.city.in_(programme.language),
    }
    return _workbook(_columns(programme.language), _rows(programme), facts, programme.language)


def write_csv(programme: ProgrammeFile) -> bytes:
    """Write UTF-8 with a byte order mark, as Excel wants it; what looks like a formula is written as words."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading_of(name, programme.language) for name in _columns(programme.language)])
    for row in _rows(programme):
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """Return an empty workbook to fill in, with a sheet of advice in both languages."""
    columns = [name for name in _columns("zh") if name not in _NOT_TO_FILL]
    return _workbook(columns, [], dict.fromkeys(LABELS, ""), "zh", _HELP)


def _columns(language: Language) -> list[str]:
    """Return the columns of a table whose plain texts are in a language; the other language's have their own."""
    return [name for name in _COLUMNS if not name.endswith(f"_{language}")]


def _rows(programme: ProgrammeFile) -> list[list[str]]:
    rooms = {room.key: room.name.in_(programme.language) for room in programme.rooms}
    tracks = {track.key: track.name.in_(programme.language) for track in programme.tracks}
    people = {person.key: person for person in programme.people}
    unplaced = datetime.max
    rows = []
    for session in sorted(programme.sessions, key=lambda s: (s.start or unplaced, s.room or "")):
        cells = _cells(session, people, programme)
        cells |= {"room": rooms.get(session.room or "", ""), "track": tracks.get(session.track or "", "")}
        rows.append([cells[name] for name in _columns(programme.language)])
    return rows


def _cells(session: FileSession, people: dict[str, FilePerson], programme: ProgrammeFile) -> dict[str, str]:
    language = programme.language
    cells = {
        "key": session.key,
        "date": session.start.date().isoformat() if session.start else "",
        "time": _span(session),
        "minutes": str(session.duration_minutes or ""),
        "type": session.type,
        "title": session.title.in_(language),
        "subtitle": session.subtitle.in_(language),
        "language": session.language,
        "abstract": session.abstract.in_(language),
        "description": session.description.in_(language),
        "link": "\n".join(link.href for link in session.links),
    }
    for name, text in (("title", session.title), ("abstract", session.abstract)):
        whole = not text.missing()
        cells |= {f"{name}_zh": text.zh if whole else "", f"{name}_en": text.en if whole else ""}
    for column in (*sorted(_ROLE_COLUMNS), "speaker"):
        named = [people[r.key] for r in session.people if (r.role if r.role in _ROLE_COLUMNS else "speaker") == column]
        cells[column] = ("、" if language == "zh" else ", ").join(_named(person, programme) for person in named)
    return cells


def _span(session: FileSession) -> str:
    """Return 09:00—10:30, or the start alone where the end is not on the same day; the length has its own column."""
    if not session.start:
        return ""
    start = session.start
    end = start + timedelta(minutes=session.duration_minutes or 0)
    midnight = datetime.combine(start.date(), datetime.min.time()) + timedelta(days=1)
    if end > midnight:
        return f"{start:%H:%M}"
    return f"{start:%H:%M}—24:00" if end == midnight else f"{start:%H:%M}—{end:%H:%M}"


def _named(person: FilePerson, programme: ProgrammeFile) -> str:
    name, unit = person.name.in_(programme.language), person.affiliation.in_(programme.language)
    if not unit:
        return name
    return f"{name}（{unit}）" if programme.language == "zh" else f"{name} ({unit})"


def _workbook(
    columns: list[str], rows: list[list[str]], facts: dict[str, str], language: Language, advice: tuple[str, ...] = ()
) -> bytes:
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    heading = book.add_format(
        {"bold": True, "bg_color": "#DDE7F3", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    table = book.add_worksheet("日程" if language == "zh" else "Programme")
    table.freeze_panes(1, 0)
    for column, name in enumerate(columns):
        table.set_column(column, column, _COLUMNS[name], words)
        table.write_string(0, column, heading_of(name, language), heading)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if cell:
                table.write_string(row, column, cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…", words)
    about = book.add_worksheet("会议信息" if language == "zh" else "About")
    about.set_column(0, 0, 16)
    about.set_column(1, 1, 48, words)
    for row, (name, fact) in enumerate(facts.items()):
        about.write_string(row, 0, LABELS[name][language == "en"], heading)
        about.write_string(row, 1, fact, words)
    if advice:
        sheet = book.add_worksheet("填写说明")
        sheet.set_column(0, 0, 90)
        for row, line in enumerate(advice):
            sheet.write_string(row, 0, line)
    book.close()
    return out.getvalue()
