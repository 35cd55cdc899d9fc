"""The tree as a workbook: what its rows say, and what they would change. Pure; applying it is an action.

A slug names an organisation, also as a parent. What the file does not mention, rows or columns, stays as it is. All faults
are told at once, each by its cell.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from services.directory.organisations.identifiers import read_ror, read_uscc
from services.directory.organisations.rules import (
    DEEPEST,
    KINDS,
    NAME_KINDS,
    STATUSES,
    Kind,
    NameKind,
    Status,
    UnknownIdentifier,
)
from shared.text import Language, Text
from shared.times import fold
from shared.workbook import Fault, Headings, Row, read_rows, write_sheets

Choice = TypeVar("Choice", bound=StrEnum)
NAMELESS = Text()
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SEPARATORS = re.compile(r"[;；、,，\s]+")

COLUMNS = Headings(
    {
        "slug": Text("代码", "Slug"),
        "parent": Text("上级机构代码", "Parent"),
        "kind": Text("类别", "Kind"),
        "name_zh": Text("中文名称", "Chinese name"),
        "name_en": Text("英文名称", "English name"),
        "uscc": Text("统一社会信用代码", "Unified social credit code"),
        "ror": Text("ROR编号", "ROR"),
        "status": Text("状态", "Status"),
        "founded_on": Text("成立日期", "Founded"),
        "ended_on": Text("终止日期", "Ended"),
        "into": Text("承接机构代码", "Carried on by"),
    },
    frozenset({"slug"}),
)
NAME_COLUMNS = Headings(
    {
        "slug": Text("代码", "Slug"),
        "kind": Text("类别", "Kind"),
        "name_zh": Text("中文名称", "Chinese name"),
        "name_en": Text("英文名称", "English name"),
        "from_on": Text("启用日期", "From"),
        "until_on": Text("停用日期", "Until"),
    },
    frozenset({"slug", "kind"}),
)
SHEETS = (Text("机构", "Organisations"), Text("其他名称", "Other names"))

FAULTS: dict[str, Text] = {
    "slug": Text("代码须由小写字母、数字和连字符组成", "a slug has lower-case letters, digits and hyphens"),
    "slug_twice": Text("代码重复", "the slug stands twice"),
    "required": Text("新机构必填", "is required of a new organisation"),
    "unknown_slug": Text("没有该代码的机构", "no organisation has this slug"),
    "choice": Text("不是可用的值", "is not one of the values there are"),
    "uscc": Text("统一社会信用代码的格式或校验位有误", "form or check digit of the credit code are wrong"),
    "ror": Text("ROR编号的格式或校验位有误", "form or check digits of the ROR id are wrong"),
    "identifier_twice": Text("识别码已属于另一机构", "the identifier belongs to another organisation"),
    "date": Text("日期无法识别", "is not a date"),
    "dates_reversed": Text("终止日期早于成立日期", "ended before it was founded"),
    "name_too_long": Text("名称过长", "the name is too long"),
    "root": Text("根机构不能有上级，也不能终止", "the root has no parent and does not end"),
    "cycle": Text("机构树中出现循环", "makes a cycle in the tree"),
    "too_deep": Text("层级过深", "is too deep in the tree"),
    "parent_ended": Text("上级机构已终止", "the parent has ended"),
    "into": Text("合并须指明一个承接机构，分立须指明至少两个", "a merger names one organisation that carries on, a split two or more"),
    "forbidden": Text("您无权更改该机构", "you may not change this organisation"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An organisation as a row of the file; other organisations by slug."""

    slug: str
    parent: str = ""
    kind: str = ""
    name: Text = NAMELESS
    uscc: str | None = None
    ror: str | None = None
    status: str = Status.ACTIVE
    founded_on: date | None = None
    ended_on: date | None = None
    into: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameEntry:
    """Another name as a row of the second sheet."""

    kind: str
    name: Text
    from_on: date | None = None
    until_on: date | None = None


Names = Mapping[str, frozenset[NameEntry]]


@dataclass(frozen=True)
class Change:
    """What a row changes: `old` is nothing for a new organisation; `names` nothing where they stay.

    A name that is given up becomes a former name, unless the file lists other names itself (`lists_names`).
    """

    row: int
    old: Entry | None
    new: Entry
    names: frozenset[NameEntry] | None = None
    lists_names: bool = False

    def fields(self) -> dict[str, list[str]]:
        """Return for each field that differs what it was and becomes, as text."""
        old = self.old or Entry(self.new.slug)
        told = {
            each.name: [_told(getattr(old, each.name)), _told(getattr(self.new, each.name))]
            for each in fields(Entry)
            if getattr(old, each.name) != getattr(self.new, each.name)
        }
        return told if self.names is None else told | {"other_names": ["", str(len(self.names))]}


def _told(value: object) -> str:
    if isinstance(value, Text):
        return " / ".join(filter(None, (value.zh, value.en)))
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


class Plan:
    """What a file would change, parents before what stands below them; and every fault found."""

    def __init__(self, known: Mapping[str, Entry], names: Names) -> None:
        self.known = known
        self.names = names
        self.faults: list[Fault] = []
        self.changes: list[Change] = []
        self.unchanged = 0
        self._rows: dict[str, Row] = {}

    def fault(self, row: Row | None, column: str, code: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(row.place(column) if row else "", code, FAULTS[code]))

    def forbid(self, change: Change) -> None:
        """Note that the caller may not make a change."""
        self.fault(self._rows[change.new.slug], "slug", "forbidden")

    def read(self, data: bytes) -> None:
        """Read a workbook; raises what `read_rows` raises."""
        entries: dict[str, Entry] = {}
        for row in read_rows(data, COLUMNS):
            entry = self._entry(row)
            if entry:
                entries[entry.slug], self._rows[entry.slug] = entry, row
        listed = read_rows(data, NAME_COLUMNS, 1)
        names = self._names(listed, {**self.known, **entries})
        whole = {**self.known, **entries}
        self._check_tree(whole, entries)
        self._check_identifiers(whole, entries)
        for slug in _parents_first(entries):
            old, new = self.known.get(slug), entries[slug]
            wanted = names.get(slug, frozenset()) if listed else None
            renamed = wanted if wanted is not None and wanted != self.names.get(slug, frozenset()) else None
            if old == new and renamed is None:
                self.unchanged += 1
            else:
                self.changes.append(Change(self._rows[slug].number, old, new, renamed, bool(listed)))

    def _entry(self, row: Row) -> Entry | None:
        slug = fold(row.words("slug")).lower()
        if not _SLUG.fullmatch(slug):
            self.fault(row, "slug", "slug")
            return None
        if slug in self._rows:
            self.fault(row, "slug", "slug_twice")
            return None
        old = self.known.get(slug)
        values: dict[str, Any] = {
            "parent": lambda: fold(row.words("parent")).lower(),
            "kind": lambda: self._choice(row, "kind", Kind, KINDS),
            "uscc": lambda: self._identifier(row, "uscc", read_uscc),
            "ror": lambda: self._identifier(row, "ror", read_ror),
            "status": lambda: self._choice(row, "status", Status, STATUSES) or Status.ACTIVE,
            "founded_on": lambda: self._day(row, "founded_on"),
            "ended_on": lambda: self._day(row, "ended_on"),
            "into": lambda: tuple(sorted(filter(None, _SEPARATORS.split(row.words("into").lower())))),
        }
        entry = replace(old or Entry(slug), **{name: read() for name, read in values.items() if name in row.values})
        entry = replace(entry, name=self._name(row, entry.name))
        if old and not old.parent and (entry.parent or entry.status != Status.ACTIVE):
            self.fault(row, "parent", "root")
            return old
        self._check(row, old, entry)
        return entry

    def _check(self, row: Row, old: Entry | None, entry: Entry) -> None:
        if not entry.kind and not any(f.cell == row.place("kind") for f in self.faults):
            self.fault(row, "kind", "required")
        if not entry.name:
            self.fault(row, "name_zh", "required")
        if not entry.parent and (old is None or old.parent):
            self.fault(row, "parent", "required")
        if entry.founded_on and entry.ended_on and entry.ended_on < entry.founded_on:
            self.fault(row, "ended_on", "dates_reversed")
        least = {Status.MERGED: (1, 1), Status.SPLIT: (2, 50)}.get(Status(entry.status), (0, 0))
        if not least[0] <= len(entry.into) <= least[1]:
            self.fault(row, "into", "into")

    def _check_tree(self, whole: Mapping[str, Entry], entries: Mapping[str, Entry]) -> None:
        for slug, entry in entries.items():
            row = self._rows[slug]
            for target in entry.into:
                if target not in whole or target == slug:
                    self.fault(row, "into", "unknown_slug")
            if not entry.parent:
                continue
            if entry.parent not in whole:
                self.fault(row, "parent", "unknown_slug")
                continue
            if entry.status == Status.ACTIVE and whole[entry.parent].status != Status.ACTIVE:
                self.fault(row, "parent", "parent_ended")
            above = [slug]
            while (parent := whole[above[-1]].parent) in whole and parent not in above:
                above.append(parent)
            if parent in above:
                self.fault(row, "parent", "cycle")
            elif len(above) > DEEPEST:
                self.fault(row, "parent", "too_deep")
        for slug, entry in whole.items():
            ended = entries.get(entry.parent)
            if slug not in entries and entry.status == Status.ACTIVE and ended and ended.status != Status.ACTIVE:
                self.fault(self._rows[entry.parent], "status", "parent_ended")

    def _check_identifiers(self, whole: Mapping[str, Entry], entries: Mapping[str, Entry]) -> None:
        for name in ("uscc", "ror"):
            holders: dict[str, str] = {}
            for slug in sorted(whole, key=lambda each: each in entries):
                value = getattr(whole[slug], name)
                if value and holders.setdefault(value, slug) != slug:
                    self.fault(self._rows.get(slug), name, "identifier_twice")

    def _names(self, rows: Sequence[Row], whole: Mapping[str, Entry]) -> dict[str, frozenset[NameEntry]]:
        found: dict[str, set[NameEntry]] = {}
        for row in rows:
            slug = fold(row.words("slug")).lower()
            kind, name = self._choice(row, "kind", NameKind, NAME_KINDS), self._name(row, Text())
            if slug not in whole:
                self.fault(row, "slug", "unknown_slug")
            if not name:
                self.fault(row, "name_zh", "required")
            entry = NameEntry(kind, name, self._day(row, "from_on"), self._day(row, "until_on"))
            if entry.from_on and entry.until_on and entry.until_on < entry.from_on:
                self.fault(row, "until_on", "dates_reversed")
            found.setdefault(slug, set()).add(entry)
        return {slug: frozenset(entries) for slug, entries in found.items()}

    def _name(self, row: Row, old: Text) -> Text:
        sides = {
            side: row.words(f"name_{side}") if f"name_{side}" in row.values else getattr(old, side)
            for side in ("zh", "en")
        }
        for side, words in sides.items():
            if len(words) > 300:
                self.fault(row, f"name_{side}", "name_too_long")
        return Text(**sides)

    def _choice(self, row: Row, column: str, choices: type[Choice], labels: Mapping[Choice, Text]) -> str:
        words = fold(row.words(column)).lower()
        for choice in choices:
            if words in {choice.value, labels[choice].zh.lower(), labels[choice].en.lower()}:
                return choice.value
        if words:
            self.fault(row, column, "choice")
        return ""

    def _identifier(self, row: Row, column: str, read: Callable[[str], str]) -> str | None:
        try:
            return read(fold(row.words(column))) if row.words(column) else None
        except UnknownIdentifier:
            self.fault(row, column, column)
            return None

    def _day(self, row: Row, column: str) -> date | None:
        try:
            return row.day(column)
        except ValueError:
            self.fault(row, column, "date")
            return None


def _parents_first(entries: Mapping[str, Entry]) -> list[str]:
    ordered: dict[str, None] = {}
    for slug in entries:
        waiting = [slug]
        while (parent := entries[waiting[-1]].parent) in entries and parent not in ordered and parent not in waiting:
            waiting.append(parent)
        ordered |= dict.fromkeys(reversed(waiting))
    return list(ordered)


def write(entries: Iterable[Entry], names: Names, language: Language) -> bytes:
    """Return the tree as a workbook that `Plan.read` takes back without a change."""
    heads = [words.in_(language) for words in COLUMNS.columns.values()]
    rows = [
        [
            e.slug, e.parent, KINDS[Kind(e.kind)].in_(language), e.name.zh, e.name.en, e.uscc, e.ror,
            STATUSES[Status(e.status)].in_(language), e.founded_on, e.ended_on, "; ".join(e.into),
        ]
        for e in entries
    ]  # fmt: skip
    name_heads = [words.in_(language) for words in NAME_COLUMNS.columns.values()]
    name_rows = [
        [slug, NAME_KINDS[NameKind(n.kind)].in_(language), n.name.zh, n.name.en, n.from_on, n.until_on]
        for slug in sorted(names)
        for n in sorted(names[slug], key=lambda each: (each.kind, each.name.zh, each.name.en, each.from_on or date.min))
    ]
    return write_sheets({SHEETS[0].in_(language): (heads, rows), SHEETS[1].in_(language): (name_heads, name_rows)})
