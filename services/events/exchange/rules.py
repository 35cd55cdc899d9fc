"""What makes a programme file unacceptable: the faults that can be found in one, each with its place and its words.

No format is known here; a format names a fault by its code and says where it stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import NoReturn

from shared.errors import Conflict, FieldError, Forbidden, Invalid
from shared.text import Text, free_slug

MAX_BYTES = 32 * 1024 * 1024
"""The largest programme file that is read; a congress of 10,000 sessions with abstracts stays below it."""

FAULTS: dict[str, Text] = {
    "acronym_bad": Text("会议简称“{found}”含有不允许的字符。", "The acronym “{found}” has characters it may not have."),
    "all_day": Text("日程须有开始时刻，不能只有日期。", "A session needs a time of day, not only a date."),
    "ambiguous_time": Text(
        "{found} 是时钟拨回后的第二次，无法与第一次区分，请改用其他时刻。",
        "{found} is the second of two when clocks go back and cannot be told from the first; choose another time.",
    ),
    "bad_clock": Text("“{found}”不是有效的时刻，例如 09:30。", "“{found}” is not a time of day such as 09:30."),
    "bad_date": Text("“{found}”不是有效的日期，例如 2023-02-04。", "“{found}” is not a date such as 2023-02-04."),
    "bad_duration": Text(
        "“{found}”不是有效的时长：须为大于零的整分钟数，例如 00:30 或 26:00。",
        "“{found}” is not a duration: whole minutes above zero, such as 00:30 or 26:00.",
    ),
    "bad_span": Text(
        "“{found}”不是有效的起止时间，例如 9:00—10:30。", "“{found}” is not a span of time such as 9:00—10:30."
    ),
    "bad_value": Text(
        "“{found}”不是有效的值：此处应为{wanted}。", "“{found}” is not valid here: {wanted} is expected."
    ),
    "brackets": Text("“{found}”中的括号不成对。", "A bracket in “{found}” lacks its other half."),
    "control_characters": Text(
        "此处含有控制字符，请删除后再导入。", "There are control characters here; remove them first."
    ),
    "date_missing": Text("缺少日期，上文也没有可沿用的日期。", "There is no date here, nor one above to go on with."),
    "date_outside_day": Text(
        "{found} 不在所属的日程日 {day} 之内。", "{found} does not belong to the day {day} it stands under."
    ),
    "doctype": Text(
        "文件带有 DOCTYPE 声明，为安全起见不予读取。", "The file has a DOCTYPE, which is not read, for safety."
    ),
    "duplicate": Text("{kind}“{key}”出现了不止一次。", "There is more than one {kind} “{key}”."),
    "encoding": Text(
        "无法识别文件编码，请存为 UTF-8。", "The encoding of the file is not recognised; save it as UTF-8."
    ),
    "ends_before_start": Text(
        "结束时间 {end} 不晚于开始时间 {start}。", "The end {end} is not after the start {start}."
    ),
    "header_missing": Text(
        "没有找到表头，首几行中至少应有“标题”和“时间”两列。",
        "No header row was found; the first rows need at least a title and a time column.",
    ),
    "key_missing": Text("日程没有编号（id 或 guid）。", "The session has neither an id nor a guid."),
    "lengths_differ": Text(
        "时长“{found}”与起止时间相差的 {minutes} 分钟不一致。",
        "The length “{found}” is not the {minutes} minutes between start and end.",
    ),
    "member_missing": Text("缺少字段“{name}”。", "The member “{name}” is missing."),
    "misfit_row": Text("此行只有“{found}”，不像一项日程。", "This row holds only “{found}” and is not a session."),
    "not_readable": Text("文件无法读取：{reason}", "The file cannot be read: {reason}"),
    "old_workbook": Text(
        "这是旧版 Excel（.xls）文件，请另存为 .xlsx 后再导入。",
        "This is an old Excel file (.xls); save it as .xlsx first.",
    ),
    "person_differs": Text(
        "人员 {key} 在前文为“{first}”，此处为“{found}”。", "Person {key} is “{first}” above and “{found}” here."
    ),
    "recurring": Text(
        "不支持重复日程（RRULE），请逐条列出。", "Recurring entries (RRULE) are not read; list each one."
    ),
    "room_differs": Text(
        "日程写在会场“{above}”之下，却注明在“{found}”。", "The session stands under room “{above}” but names “{found}”."
    ),
    "skipped_time": Text("{zone} 的时钟会跳过 {found}，该时刻不存在。", "Clocks in {zone} skip {found}."),
    "start_differs": Text(
        "开始时间 {start} 与日期时间 {found}（按 {zone} 计）不一致。",
        "The start {start} is not the time of {found} in {zone}.",
    ),
    "title_missing": Text("缺少标题。", "The title is missing."),
    "too_large": Text(
        "文件有 {size} 字节，最多接受 {limit} 字节。", "The file has {size} bytes; at most {limit} are read."
    ),
    "too_long": Text("“{found}”过长，最多 {limit} 个字符。", "“{found}” is too long: at most {limit} characters."),
    "too_many_cells": Text(
        "工作表范围过大，最多接受 {limit} 个单元格；请删除远处的单元格。",
        "The sheet spans too far; at most {limit} cells are read. Delete cells far from the table.",
    ),
    "units_differ": Text(
        "单位有 {units} 个，人员有 {people} 位，无法对应；请写成“姓名（单位）”。",
        "{units} affiliations cannot be matched to {people} people; write “Name (Affiliation)”.",
    ),
    "unknown_format": Text("无法识别的文件格式：{found}。", "The format of {found} is not known."),
    "unknown_member": Text("不认识的字段“{found}”。", "The member “{found}” is not known."),
    "unknown_reference": Text("{kind}“{key}”在文件中没有列出。", "The {kind} “{key}” is not listed in the file."),
    "unknown_room": Text("会场“{key}”在文件中没有列出。", "The room “{key}” is not listed in the file."),
    "unknown_zone": Text(
        "“{found}”不是 IANA 时区名称，例如 Asia/Shanghai。", "“{found}” is not an IANA time zone name."
    ),
    "unpacks_too_large": Text(
        "文件解压后超过 {limit} 字节，不予读取。", "The file unpacks to more than {limit} bytes, which are not read."
    ),
    "zone_missing": Text(
        "文件中没有时区，请指定时区，例如 Asia/Shanghai。",
        "The file names no time zone; say which, such as Asia/Shanghai.",
    ),
}


MOST_CHARACTERS = {"key": 200, "source": 200, "language": 40, "color": 40}
"""Of what things are found by, and of marks; texts have no limit."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: a line (from 1), a cell such as `Sheet1!C5`, a JSON pointer; what the format has."""

    line: int | None = None
    cell: str | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        return self.cell or (f"line {self.line}" if self.line else self.pointer or "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file: a stable code, its place, and words for people."""

    code: str
    place: Place
    message: Text

    def as_json(self) -> dict[str, object]:
        """Return `code`, `message` and whichever of `line`, `cell` and `pointer` are known."""
        known = {name: value for name, value in asdict(self.place).items() if value is not None}
        return {**known, "code": self.code, "message": {"zh": self.message.zh, "en": self.message.en}}


def key_from(words: str) -> str:
    """Return the key of what is known by its words alone: these, or where they are too long a beginning and a digest."""
    if len(words) <= MOST_CHARACTERS["key"]:
        return words
    return f"{words[:150]}…{sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def step(pointer: str, name: str) -> str:
    """Return the JSON pointer of a member."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


class Problems(Invalid):
    """A programme file is taken whole or not at all; all its faults are named at once."""

    title = Text("文件未被接受", "The file was refused")
    detail = Text("文件有 {count} 处问题，未导入任何内容。", "The file has {count} faults; nothing was imported.")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        errors = [FieldError(p.place.pointer or str(p.place), p.code, p.message) for p in problems]
        super().__init__(errors=errors, count=len(problems), problems=[problem.as_json() for problem in problems])


class Faults:
    """Gather the faults of one file, so that all are told at once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, place: Place | None = None, **facts: object) -> None:
        """Note a fault; the same fault at the same place is noted once."""
        short = {name: _short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        self._found[Problem(code, place or Place(), FAULTS[code].format(**short))] = None

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def refuse(self) -> None:
        """Raise `Problems` if any fault was noted."""
        if self._found:
            raise Problems(tuple(self._found))


@contextmanager
def all_faults() -> Iterator[Faults]:
    """Give the reader of one file its faults, and refuse the file at the end if there are any."""
    faults = Faults()
    yield faults
    faults.refuse()


def check_size(data: bytes, limit: int = MAX_BYTES) -> None:
    """Raise `Problems` for a file that is larger than what is read."""
    if len(data) > limit:
        refuse("too_large", size=len(data), limit=limit)


def refuse(code: str, place: Place | None = None, **facts: object) -> NoReturn:
    """Raise `Problems` with this one fault, after which nothing more can be read."""
    faults = Faults()
    faults.add(code, place, **facts)
    raise Problems(tuple(faults))


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:77] + "…"


class LockedSessions(Conflict):
    """What is locked in the schedule is not moved by a file either."""

    title = Text("有日程已锁定", "Some sessions are locked")
    detail = Text(
        "文件会移动 {count} 项已锁定的日程，请先解锁或修改文件。",
        "The file would move {count} locked sessions; unlock them or change the file.",
    )


class KeptByOthers(Forbidden):
    """A person or a room is changed by a file only where whoever imports it could do so by hand."""

    title = Text("内容由其他机构维护", "Another organisation keeps it")
    detail = Text(
        "“{name}”由其他机构维护，您无权修改；请在文件中恢复其原有内容，或请该机构修改。",
        "“{name}” is kept by another organisation; put it back as it was in the file, or ask them to change it.",
    )


_ROLE_WORDS = (
    ("chair", ("chair", "主席", "执行主席")),
    ("moderator", ("moderator", "host", "主持")),
    ("keynote", ("keynote", "主旨", "特邀")),
    ("panelist", ("panel", "discussant", "对话嘉宾", "圆桌")),
    ("interpreter", ("interpret", "翻译", "译员")),
    ("honoured_guest", ("guest", "致辞", "领导", "嘉宾")),
)

_KIND_WORDS = (
    ("plenary", ("plenary", "keynote", "大会报告", "主旨", "全体")),
    ("ceremony", ("ceremony", "opening", "closing", "开幕", "闭幕", "颁奖")),
    ("break", ("break", "lunch", "coffee", "茶歇", "午餐", "休息")),
    ("social", ("social", "dinner", "reception", "party", "晚宴", "招待")),
    ("poster", ("poster", "墙报", "海报")),
    ("panel", ("panel", "对话")),
    ("roundtable", ("roundtable", "round table", "圆桌", "座谈")),
)


def role_of(words: str) -> str:
    """Return our role for a file's; a speaker where it says nothing that is known here."""
    low = words.lower()
    return next((role for role, marks in _ROLE_WORDS if any(mark in low for mark in marks)), "speaker")


def kind_of(words: str) -> str:
    """Return our kind of session for a file's type; parallel where it says nothing that is known here."""
    low = words.lower()
    return next((kind for kind, marks in _KIND_WORDS if any(mark in low for mark in marks)), "parallel")


def derived_kind(words: str, parent: str | None) -> str:
    """Return the kind of a session of which a file says only its type, and whether it is part of another."""
    return kind_of(words) if parent is None else "talk"


def take_slug(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or with a number behind it the first that is not `taken`; and take it."""
    slug = free_slug(wanted, taken.__contains__)
    taken.add(slug)
    return slug
