"""What every request is held against, whatever its shape."""

from typing import Any

import pytest
from pydantic import ValidationError

from shared.schema import In


class Anything(In):
    """Takes any value."""

    value: Any


def nested(inside: Any, depth: int = 5_000) -> Any:
    """Put something into that many lists."""
    for _ in range(depth):
        inside = [inside]
    return inside


def test_control_characters_are_found_however_deep() -> None:
    Anything(value={"a": [1, None, {"\n": "\t é 🎪"}]})
    for value in ("a\x00", ["\x1b"], {"a\x07": 1}, {"a": [{"b": "\x7f"}]}, nested("\x00")):
        with pytest.raises(ValidationError) as refused:
            Anything(value=value)
        assert [error["type"] for error in refused.value.errors(include_input=False)] == ["control_characters"]


def test_no_depth_is_too_much() -> None:
    assert Anything(value=nested("a")).value != []
