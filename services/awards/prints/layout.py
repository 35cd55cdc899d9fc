"""A nomination as the rows of a page: every field of its form with its label, in one language. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.text import Language, Text

_YES, _NO = Text("是", "Yes"), Text("否", "No")


def sections_of(form: Mapping[str, Any], content: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """Return the sections of a form in their order, each with its rows: a label, and a text or a table."""
    properties = form["schema"]["properties"]
    return [
        {
            "title": _in(section["title"], language),
            "rows": [
                _row(field, properties[field["name"]], content.get(field["name"]), language)
                for field in section["fields"]
            ],
        }
        for section in form["layout"]["sections"]
    ]


def _row(field: Mapping[str, Any], schema: Mapping[str, Any], value: Any, language: Language) -> dict[str, Any]:
    label = _in(field["label"], language)
    inside = schema.get("items") if schema["type"] == "array" else schema
    properties = (inside or {}).get("properties")
    if not properties:
        return {"label": label, "text": words_of(field, schema, value, language)}
    rows: Sequence[Mapping[str, Any]] = value if isinstance(value, list) else [value] if value else []
    columns = field.get("fields") or [{"name": name, "label": {"zh": name, "en": name}} for name in properties]
    return {
        "label": label,
        "heads": [_in(column["label"], language) for column in columns],
        "cells": [
            [words_of(column, properties[column["name"]], row.get(column["name"]), language) for column in columns]
            for row in rows
        ],
    }


def words_of(field: Mapping[str, Any], schema: Mapping[str, Any], value: Any, language: Language) -> str:
    """Return a value as people read it; of an identity number what of it is shown, without its fingerprint."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _in({"zh": _YES.zh, "en": _YES.en} if value else {"zh": _NO.zh, "en": _NO.en}, language)
    if isinstance(value, list):
        items = schema.get("items") or {}
        return ("、" if language == "zh" else ", ").join(words_of(field, items, item, language) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {item}" for name, item in value.items())
    if schema.get("format") == "identity-number":
        return str(value).partition(" ")[0]
    option = (field.get("options") or {}).get(str(value))
    return _in(option, language) if option else str(value)


def _in(text: Mapping[str, str], language: Language) -> str:
    return text.get(language) or text.get("en") or text.get("zh") or ""
