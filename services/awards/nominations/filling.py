"""What is filled into a form, held against it: loosely while it is a draft, in full when it is handed in.

A draft may lack anything and hold half a word; what has the wrong type, is too long or is no field of the form is refused
at once. Faults are named by JSON pointers, in words of both languages.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from services.awards.programmes.forms import validator_of
from shared.errors import FieldError
from shared.text import Text

LONGEST, MOST_ITEMS = 100_000, 1_000
"""How long a text, and a list, is at most where the form does not say."""

_LOOSE = ("type", "maxLength", "maxItems")
_NAMES = ("name", "full_name", "title", "team_name", "project_name", "organisation", "question")

_WORDS: Mapping[str, Text] = {
    "required": Text("必填", "is required"),
    "type": Text("应为{types}", "must be {types}"),
    "maxLength": Text("最多 {limit} 个字，现有 {length} 个", "must have at most {limit} characters, and has {length}"),
    "minLength": Text("至少 {limit} 个字", "must have at least {limit} characters"),
    "maxItems": Text("最多 {limit} 项", "must have at most {limit} items"),
    "minItems": Text("至少 {limit} 项", "must have at least {limit} items"),
    "maximum": Text("不得大于 {limit}", "must be at most {limit}"),
    "minimum": Text("不得小于 {limit}", "must be at least {limit}"),
    "exclusiveMaximum": Text("必须小于 {limit}", "must be less than {limit}"),
    "exclusiveMinimum": Text("必须大于 {limit}", "must be greater than {limit}"),
    "multipleOf": Text("应为 {limit} 的整数倍", "must be a multiple of {limit}"),
    "enum": Text("请从给出的选项中选择", "must be one of the choices"),
    "const": Text("须勾选或填写为指定内容", "must be what the form names"),
    "pattern": Text("格式不符合要求", "has not the form that is asked for"),
    "format": Text("应为{format}", "must be {format}"),
    "uniqueItems": Text("各项不得重复", "must not name anything twice"),
    "additionalProperties": Text("表单中没有此项", "is no field of the form"),
}
_OTHER = Text("不符合表单要求", "does not fit the form")
_TYPES = {
    "string": Text("文字", "text"), "number": Text("数", "a number"), "integer": Text("整数", "a whole number"),
    "boolean": Text("是或否", "yes or no"), "array": Text("列表", "a list"), "object": Text("一组字段", "a group of fields"),
}  # fmt: skip
_FORMATS = {
    "date": Text("日期，例如 1990-05-04", "a date such as 1990-05-04"),
    "date-time": Text("带时区的时间", "a time with its zone"),
    "email": Text("邮箱地址", "an email address"),
    "uri": Text("网址", "a web address"),
    "identity-number": Text("有效的证件号码", "a valid number of an identity paper"),
}


def form_in(definition: Mapping[str, Any], category: str) -> Mapping[str, Any] | None:
    """Return the form of a category, nothing where there is none."""
    return next((each["form"] for each in definition["categories"] if each["key"] == category), None)


def faults_while_written(schema: Mapping[str, Any], content: Mapping[str, Any]) -> list[FieldError]:
    """Return what may not even stand in a draft."""
    return list(_faults(_validator(_written(schema), loose=True), content))


def faults_in_full(schema: Mapping[str, Any], content: Mapping[str, Any]) -> list[FieldError]:
    """Return everything that stands against handing `content` in."""
    return list(_faults(_validator(_written(schema), loose=False), content))


def full_validators(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds against the form of each category in full."""
    forms = {each["key"]: each["form"] for each in definition["categories"] if each["form"]}
    return {key: _validator(_written(form["schema"]), loose=False) for key, form in forms.items()}


def faults_by(validator: Any, content: Mapping[str, Any]) -> list[FieldError]:
    """Return everything that stands against handing `content` in, by what holds against its form in full."""
    return list(_faults(validator, content))


def name_in(form: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """Return what a nomination is called in lists: the first field that sounds like a name, else the first text."""
    told = (content.get(name) for name in naming_fields(form))
    return next((value.strip()[:200] for value in told if isinstance(value, str) and value.strip()), "")


def naming_fields(form: Mapping[str, Any]) -> list[str]:
    """Return the fields by which a nomination is called, those that sound like a name first."""
    shown = [field["name"] for section in form["layout"]["sections"] for field in section["fields"]]
    return [*(name for name in shown if name in _NAMES or name.endswith("_name")), *shown]


def pointer_to(*steps: object) -> str:
    """Return the JSON pointer to a place."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _written(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, sort_keys=True)


@lru_cache(maxsize=200)
def _validator(schema: str, *, loose: bool) -> Any:
    return validator_of(_closed(json.loads(schema), loose=loose))


def _closed(field: dict[str, Any], *, loose: bool) -> dict[str, Any]:
    """Return a schema that takes no fields but its own, and if `loose` asks for their types and greatest lengths alone."""
    kept = {word: value for word, value in field.items() if not loose or word in _LOOSE}
    if field["type"] == "string":
        kept.setdefault("maxLength", LONGEST)
    if field["type"] == "array":
        kept.setdefault("maxItems", MOST_ITEMS)
        kept["items"] = _closed(field["items"], loose=loose)
    if field["type"] == "object":
        inside = field.get("properties", {})
        kept["properties"] = {name: _closed(inner, loose=loose) for name, inner in inside.items()}
        kept["additionalProperties"] = False
    return kept


def _faults(validator: Any, content: Mapping[str, Any]) -> Iterator[FieldError]:
    for error in validator.iter_errors(dict(content)):
        code, place = error.kind.name, list(error.instance_path)
        names = [error.kind.as_dict()["property"]] if code == "required" else getattr(error.kind, "unexpected", ())
        if names:
            yield from (FieldError(pointer_to("content", *place, name), code, _WORDS[code]) for name in names)
        else:
            yield FieldError(pointer_to("content", *place), code, _in_words(code, error))


def _in_words(code: str, error: Any) -> Text:
    words, told = _WORDS.get(code, _OTHER), error.kind.as_dict()
    if code == "type":
        return words.format(types=_TYPES.get(str(told["types"][0]), _OTHER))
    if code == "format":
        return words.format(format=_FORMATS.get(str(told["format"]), _OTHER))
    length = len(error.instance) if isinstance(error.instance, str) else 0
    return words.format(limit=told.get("limit", told.get("multiple_of", "")), length=length)
