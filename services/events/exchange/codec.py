"""The values of `programme_file` as JSON and back, by their declared types; nothing here knows what they mean.

Dates and times are ISO 8601, texts `{"zh", "en"}`, tuples arrays, everything else what it is. Reading refuses what it
does not know, so that a misspelt member is never silently dropped.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from services.events.exchange.programme_file import Json
from services.events.exchange.rules import Faults, Place, step
from shared.text import Text

T = TypeVar("T")
_Read = Callable[[Json, str, Faults], Any]
_NAMES = {
    str: Text("字符串", "a string"),
    int: Text("整数", "an integer"),
    bool: Text("true 或 false", "true or false"),
    list: Text("数组", "an array"),
    dict: Text("对象", "an object"),
    date: Text("日期（YYYY-MM-DD）", "a date (YYYY-MM-DD)"),
    time: Text("时刻（HH:MM:SS）", "a time of day (HH:MM:SS)"),
    datetime: Text("不带时区的日期时间（YYYY-MM-DDTHH:MM:SS）", "a date and time without offset (YYYY-MM-DDTHH:MM:SS)"),
}


def as_json(value: object) -> Json:
    """Return a value of `programme_file` as JSON, every member written, also the empty ones."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    kind: Any = type(value)
    return {name: as_json(getattr(value, name)) for name in _names(kind)}


def from_json(kind: type[T], value: Json, faults: Faults, pointer: str = "") -> T | None:
    """Read a `kind` from JSON; note what is wrong, by its pointer, and return `None` where it cannot be made."""
    reader: Any = kind
    made: T | None = _reader(reader)(value, pointer, faults)
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


@cache
def _reader(hint: Any) -> _Read:
    origin = get_origin(hint)
    exact: Any = origin or hint
    if origin is tuple:
        return _array(_reader(get_args(hint)[0]))
    if origin in (Union, UnionType):
        return _optional(_reader(next(a for a in get_args(hint) if a is not NoneType)))
    if origin is Literal:
        return _choice(get_args(hint))
    if is_dataclass(hint):
        return _object(exact)
    return _moment(exact) if exact in (date, time, datetime) else _exact(exact)


def _exact(kind: type) -> _Read:
    def read(value: Json, pointer: str, faults: Faults) -> Any:
        return value if type(value) is kind else _wrong(value, kind, pointer, faults)

    return read


def _optional(inner: _Read) -> _Read:
    return lambda value, pointer, faults: None if value is None else inner(value, pointer, faults)


def _choice(choices: tuple[str, ...]) -> _Read:
    def read(value: Json, pointer: str, faults: Faults) -> Any:
        if value not in choices:
            faults.add("bad_value", Place(pointer=pointer), found=str(value), wanted=" | ".join(choices))
        return value

    return read


def _moment(kind: type[date] | type[time]) -> _Read:
    def read(value: Json, pointer: str, faults: Faults) -> Any:
        try:
            made = kind.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            made = None
        if made is None or getattr(made, "tzinfo", None) or made.isoformat() != value:
            return _wrong(value, kind, pointer, faults)
        return made

    return read


def _array(inner: _Read) -> _Read:
    def read(value: Json, pointer: str, faults: Faults) -> Any:
        if not isinstance(value, list):
            return _wrong(value, list, pointer, faults)
        items = (inner(item, f"{pointer}/{i}", faults) for i, item in enumerate(value))
        return tuple(item for item in items if item is not None)

    return read


def _object(kind: type) -> _Read:
    hints: dict[str, Any] = {f.name: f.type for f in fields(kind)}
    members = {name: _reader(hint) for name, hint in hints.items()}
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]

    def read(value: Json, pointer: str, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return _wrong(value, dict, pointer, faults)
        before = len(faults)
        for name in value:
            if name not in members:
                faults.add("unknown_member", Place(pointer=step(pointer, name)), found=name)
        for name in needed:
            if name not in value:
                faults.add("member_missing", Place(pointer=pointer), name=name)
        made = {n: members[n](v, f"{pointer}/{n}", faults) for n, v in value.items() if n in members}
        return None if len(faults) > before else kind(**made)

    return read


def _wrong(value: Json, wanted: type, pointer: str, faults: Faults) -> None:
    faults.add("bad_value", Place(pointer=pointer), found=str(value), wanted=_NAMES[wanted])
