"""What is filled in, held against its form: a draft takes half a word, every fault has its place and its words."""

from typing import Any

import pytest

from services.awards.nominations.filling import faults_in_full, faults_while_written, name_in

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "a": {"type": "string", "maxLength": 3, "minLength": 2, "pattern": "^x"},
        "b": {"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 2},
        "c": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        "d": {"type": "string", "format": "date"},
        "e": {"type": "string", "enum": ["m", "f"]},
        "f": {"type": "boolean", "const": True},
        "g": {
            "type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True,
            "items": {"type": "object", "properties": {"n/a": {"type": "string"}}, "required": ["n/a"]},
        },
        "h": {"type": "string", "format": "identity-number"},
    },
    "required": ["a"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "pointer", "code", "zh"),
    [
        ({"b": 2}, "/content/a", "required", "必填"),
        ({"a": 1}, "/content/a", "type", "应为文字"),
        ({"a": "xyzw"}, "/content/a", "maxLength", "最多 3 个字，现有 4 个"),
        ({"a": "x"}, "/content/a", "minLength", "至少 2 个字"),
        ({"a": "yy"}, "/content/a", "pattern", "格式不符合要求"),
        ({"a": "xx", "b": 0}, "/content/b", "minimum", "不得小于 1"),
        ({"a": "xx", "b": 10}, "/content/b", "maximum", "不得大于 9"),
        ({"a": "xx", "b": 3}, "/content/b", "multipleOf", "应为 2 的整数倍"),
        ({"a": "xx", "c": 0}, "/content/c", "exclusiveMinimum", "必须大于 0"),
        ({"a": "xx", "c": 1}, "/content/c", "exclusiveMaximum", "必须小于 1"),
        ({"a": "xx", "d": "1990-02-30"}, "/content/d", "format", "应为日期，例如 1990-05-04"),
        ({"a": "xx", "e": "x"}, "/content/e", "enum", "请从给出的选项中选择"),
        ({"a": "xx", "f": False}, "/content/f", "const", "须勾选或填写为指定内容"),
        ({"a": "xx", "g": []}, "/content/g", "minItems", "至少 1 项"),
        ({"a": "xx", "g": [{"n/a": "1"}] * 2}, "/content/g", "uniqueItems", "各项不得重复"),
        ({"a": "xx", "g": [{}]}, "/content/g/0/n~1a", "required", "必填"),
        ({"a": "xx", "g": [{"n/a": "1", "z": 1}]}, "/content/g/0/z", "additionalProperties", "表单中没有此项"),
        ({"a": "xx", "h": "110105194912310021"}, "/content/h", "format", "应为有效的证件号码"),
    ],
)
def test_every_fault_has_its_place_and_its_words(content: dict[str, Any], pointer: str, code: str, zh: str) -> None:
    (fault,) = faults_in_full(SCHEMA, content)
    assert (fault.pointer, fault.code, fault.message.zh) == (pointer, code, zh)
    assert fault.message.en


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ({}, []),
        ({"a": "y", "b": 3, "d": "199", "e": "", "f": False, "g": [{}], "h": "1101"}, []),
        ({"a": "xyzw"}, ["maxLength"]),
        ({"g": [{}, {}, {}]}, ["maxItems"]),
        ({"b": "2"}, ["type"]),
        ({"z": 1}, ["additionalProperties"]),
        ({"d": "1" * 100_001}, ["maxLength"]),
    ],
)
def test_a_draft_may_lack_anything_and_hold_half_a_word(content: dict[str, Any], codes: list[str]) -> None:
    assert [fault.code for fault in faults_while_written(SCHEMA, content)] == codes


def test_length_is_counted_in_characters() -> None:
    assert faults_while_written(SCHEMA, {"a": "𠀀𠀁𠀂"}) == []


def test_the_name_for_lists() -> None:
    form = {"layout": {"sections": [{"fields": [{"name": "intro"}, {"name": "team_name"}, {"name": "leader"}]}]}}
    assert name_in(form, {"intro": "介绍", "team_name": " 一队 "}) == "一队"
    assert name_in(form, {"intro": "介绍", "team_name": " "}) == "介绍"
    assert name_in(form, {"team_name": 7}) == ""
