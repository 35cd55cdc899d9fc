"""Which papers a nomination takes: by its checklist, its candidate's kind, and what a file is."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from shared.errors import Conflict, Invalid, TooLarge
from shared.text import Text


class Secrecy(StrEnum):
    """How a paper is classified that is kept elsewhere."""

    SECRET = "secret"
    CONFIDENTIAL = "confidential"
    TOP_SECRET = "top_secret"


class AttachmentNotAsked(Invalid):
    """A nomination takes what the checklist of its category asks of its kind of candidate."""

    title = Text("材料清单中没有此项", "The checklist does not ask for this")
    detail = Text("本类别对该类候选对象要求的材料：{asked}。", "Asked of this kind of candidate: {asked}.")


class TooManyAttachments(Conflict):
    """Of each item of the checklist there are so many files at most; a further one replaces one of them."""

    title = Text("该项材料已满", "There are as many files as this item takes")
    detail = Text("“{item}”最多 {most} 份，请改为替换已有文件。", "“{item}” takes {most} at most; replace one instead.")


class AttachmentTooLarge(TooLarge):
    """Every item of the checklist says how large its files may be."""

    title = Text("文件过大", "The file is too large")
    detail = Text("“{item}”每份最大 {limit} 字节。", "A file for “{item}” has {limit} bytes at most.")


class AttachmentEmpty(Invalid):
    """A file has something in it."""

    title = Text("文件为空", "The file is empty")
    detail = Text("文件没有内容，请检查后重传。", "There is nothing in the file; look at it and send it again.")


class AttachmentFormatRefused(Invalid):
    """A file is of a format that its item takes, by its content and not by its name alone."""

    title = Text("文件格式不符", "Not a format that is taken here")
    detail = Text(
        "“{item}”接收 {wanted}；该文件的内容是 {found}，名称为 {name}。",
        "“{item}” takes {wanted}; by its content this file is {found}, and it is called {name}.",
    )


class AttachmentEnded(Conflict):
    """What was replaced or taken off is kept as it was, and nothing is done to it any more."""

    title = Text("该文件已被替换或移除", "The file was replaced or taken off")
    detail = Text("请刷新后对当前文件操作。", "Read the list again, and take the file that is there now.")


class MarkedClassified(Invalid):
    """Classified material is never sent, only pointed to."""

    title = Text("涉密材料不得上传", "Classified material is not sent")
    detail = Text(
        "文件名标有“{mark}”。涉密材料不得上传，请改为登记其编号、密级和保管单位。",
        "The file is marked “{mark}”. Classified material is never sent: give its number, class and keeper instead.",
    )


_MARKED = re.compile(r"(?:绝密|机密|秘密)\s*[★☆*]|(?:绝密|机密)级")
_UNKNOWN = Text("无法识别的内容", "nothing that is known")


NOTICE_KEY = "unit_notice"
_NOTICE_ITEM: Mapping[str, Any] = {
    "key": NOTICE_KEY, "name": {"zh": "推荐单位公示证明", "en": "Proof of the unit's notice"}, "hint": {"zh": "", "en": ""},
    "required": False, "only_for": [], "formats": [], "most": 5, "most_bytes": None, "kept_from_candidate": False,
}  # fmt: skip
"""What a unit that has to give notice may add to any checklist; a checklist may name it itself."""


def with_notice(items: list[Mapping[str, Any]], days: int | None) -> list[Mapping[str, Any]]:
    """Return a checklist with the proof of the unit's notice, where one of so many `days` has to be given."""
    named = any(item["key"] == NOTICE_KEY for item in items)
    return items if named or not days else [*items, _NOTICE_ITEM]


def asked_of(category: Mapping[str, Any], candidate_kind: str) -> list[Mapping[str, Any]]:
    """Return the items of a category's checklist for a kind of candidate."""
    items = category.get("attachments") or ()
    return [item for item in items if not item["only_for"] or candidate_kind in item["only_for"]]


def check_asked(items: Sequence[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    """Return the item with this key; raise `AttachmentNotAsked`."""
    for item in items:
        if item["key"] == key:
            return item
    raise AttachmentNotAsked(asked=_listed(Text(**item["name"]) for item in items))


def check_room(item: Mapping[str, Any], there: int) -> None:
    """Raise `TooManyAttachments` where there are as many already as the item takes."""
    if there >= item["most"]:
        raise TooManyAttachments(item=Text(**item["name"]), most=item["most"])


def check_size(item: Mapping[str, Any], size: int, most: int) -> None:
    """Raise `AttachmentTooLarge` for more bytes than the item, or the installation (`most`), takes."""
    limit = min(item["most_bytes"] or most, most)
    if size > limit:
        raise AttachmentTooLarge(item=Text(**item["name"]), limit=limit)


def check_marks(name: str) -> None:
    """Raise `MarkedClassified` for a name that says so."""
    if found := _MARKED.search(name):
        raise MarkedClassified(mark=found[0])


def check_format(item: Mapping[str, Any], wanted: Sequence[str], found: str, named: str, name: str) -> None:
    """Raise `AttachmentFormatRefused` unless content and name are of the same format, one that is `wanted`."""
    if found not in wanted or named != found:
        raise AttachmentFormatRefused(
            item=Text(**item["name"]),
            wanted=_listed(Text(each, each) for each in wanted),
            found=Text(found, found) if found else _UNKNOWN,
            name=name,
        )


def gaps(items: Iterable[Mapping[str, Any]], there: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the items that have to be there and are not among the keys `there`."""
    return (item for item in items if item["required"] and item["key"] not in there)


def _listed(names: Iterable[Text]) -> Text:
    told = list(names)
    none = Text("无", "nothing")
    return Text("、".join(n.zh or n.en for n in told), ", ".join(n.en or n.zh for n in told)) if told else none
