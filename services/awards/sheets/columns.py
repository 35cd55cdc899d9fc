"""A form as the columns of a workbook: its plain fields on the first sheet, each of its lists on one of its own. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.text import Text
from shared.workbook import Column

SERIAL, KIND, GROUPS = "#", "/candidate_kind", "/groups"
"""Columns that no form has: a row's own number, the kind of candidate, the groups with places of their own."""

_SERIAL = Text("序号", "No.")
_SERIAL_HINT = Text(
    "一行一个推荐对象，序号不重复；成员等列表在其他工作表中按序号对应。",
    "One row for each candidate, each with its own number; lists on other sheets name it.",
)
_KIND = Text("候选人类型", "Kind of candidate")
_GROUPS = Text("专项（多个用分号隔开）", "Groups (several with semicolons)")
_MANY = Text("多项用分号隔开。", "Several are written with semicolons between them.")
_YES_NO = {"true": Text("是", "yes"), "false": Text("否", "no")}


@dataclass(frozen=True)
class Sheet:
    """One sheet: the field whose list it holds (nothing for the first), its title, and its columns."""

    name: str
    title: Text
    columns: Sequence[Column]


def sheets_of(category: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> list[Sheet]:
    """Return the sheets of a category; what is too deep for a table is left to the screen."""
    form = category["form"]
    properties = form["schema"]["properties"]
    fields = [field for section in form["layout"]["sections"] for field in section["fields"]]
    lists = [field for field in fields if _is_list(properties[field["name"]])]
    first = [
        Column(SERIAL, _SERIAL, hint=_SERIAL_HINT),
        *_choices(KIND, _KIND, category["candidate_kinds"], required=True),
        *_choices(GROUPS, _GROUPS, groups, many=True),
        *_columns(fields, form["schema"]),
    ]
    own = [Sheet("", Text(**category["name"]), _told_apart(first))]
    for field in lists:
        inside = _columns(_fields_of(field, properties[field["name"]]), properties[field["name"]]["items"])
        own.append(Sheet(field["name"], Text(**field["label"]), _told_apart([Column(SERIAL, _SERIAL), *inside])))
    return own


def _is_list(schema: Mapping[str, Any]) -> bool:
    return bool(schema["type"] == "array" and schema["items"].get("properties"))


def _fields_of(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    own: Sequence[Mapping[str, Any]] = field.get("fields") or ()
    return own or [{"name": name, "label": {"zh": name, "en": name}} for name in schema["items"]["properties"]]


def _choices(
    name: str, title: Text, among: Sequence[Mapping[str, Any]], *, many: bool = False, required: bool = False
) -> Iterator[Column]:
    if among:
        options = {each["key"]: Text(**each["name"]) for each in among}
        yield Column(name, title, options=options, many=many, required=required)


def _columns(fields: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Iterator[Column]:
    needed = schema.get("required", ())
    for field in fields:
        own = schema["properties"][field["name"]]
        many = own["type"] == "array"
        inner = own["items"] if many else own
        if inner["type"] in ("object", "array"):
            continue
        options = {key: Text(**words) for key, words in (field.get("options") or {}).items()}
        for value in inner.get("enum", ()):
            options.setdefault(str(value), Text(str(value), str(value)))
        hint = Text(**field["hint"]) if field.get("hint") else Text()
        kind = "boolean" if inner["type"] == "boolean" else inner.get("format") or inner["type"]
        yield Column(
            field["name"],
            Text(**field["label"]),
            hint=Text(hint.zh + _MANY.zh, f"{hint.en} {_MANY.en}".strip()) if many else hint,
            kind=kind,
            options=_YES_NO if kind == "boolean" else options,
            many=many,
            required=field["name"] in needed,
        )


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Return columns of which no two have the same heading in any language."""
    words = [column.title.zh for column in columns] + [column.title.en for column in columns]
    return [
        column.titled(f"{{}}（{column.name}）") if _stands_twice(column.title, words) else column for column in columns
    ]


def _stands_twice(title: Text, words: Sequence[str]) -> bool:
    return any(words.count(word) > (2 if title.zh == title.en else 1) for word in (title.zh, title.en) if word)


def safe_title(words: str, taken: Sequence[str]) -> str:
    """Return the name of a sheet, which has at most 31 characters, and no other has it."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", words).strip()[:28] or "Sheet"
    same = sum(each.lower().startswith(plain.lower()) for each in taken)
    return f"{plain} {same + 1}" if same else plain
