"""JSON as a careful reader takes it: no duplicate members, no NaN, and the line of every fault."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import isfinite
from typing import NoReturn

from services.events.exchange.programme_file import Json
from services.events.exchange.rules import Faults, Place, Problem, Problems, check_size, refuse, step

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


def dump(value: Json) -> bytes:
    """Write JSON as UTF-8 in lines, members in the order they have."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


@contextmanager
def loaded(data: bytes) -> Iterator[tuple[Json, Faults]]:
    """Parse a file and give its value with its faults; at the end refuse it, pointers turned into lines, if there are any."""
    check_size(data)
    text = _decode(data)
    faults = Faults()
    yield _parse(text), faults
    if faults:
        lines = lines_of(text, {problem.place.pointer or "" for problem in faults})
        raise Problems(tuple(_with_line(problem, lines) for problem in faults))


def lines_of(text: str, wanted: set[str]) -> dict[str, int]:
    """Return the line on which each wanted JSON pointer stands, in one pass over the text."""
    ends = [match.start() for match in re.finditer("\n", text)]
    found: dict[str, int] = {}
    path: list[tuple[str, str | int]] = []
    naming = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "]}":
            path.pop()
        elif token == ",":
            where, name = path[-1]
            path[-1] = (where, name + 1 if isinstance(name, int) else name)
            naming = isinstance(name, str)
        elif naming and token.startswith('"'):
            path[-1] = (path[-1][0], json.loads(token))
            naming = False
        elif token != ":":
            pointer = step(path[-1][0], str(path[-1][1])) if path else ""
            if pointer in wanted:
                found.setdefault(pointer, bisect_left(ends, match.start()) + 1)
            if token in "[{":
                path.append((pointer, 0 if token == "[" else ""))
                naming = token == "{"
    return found


def _decode(data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        refuse("encoding", Place(line=data.count(b"\n", 0, error.start) + 1))


def _parse(text: str) -> Json:
    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"duplicate member “{twice}”")
        return dict(pairs)

    def constant(name: str) -> NoReturn:
        raise ValueError(name)

    def finite(number: str) -> float:
        return float(number) if isfinite(float(number)) else constant(number)

    try:
        value: Json = json.loads(text, object_pairs_hook=members, parse_constant=constant, parse_float=finite)
    except json.JSONDecodeError as error:
        refuse("not_readable", Place(line=error.lineno), reason=error.msg)
    except (ValueError, RecursionError) as error:
        refuse("not_readable", reason=str(error))
    return value


def _with_line(problem: Problem, lines: dict[str, int]) -> Problem:
    """Add the line of a problem's pointer, or of the nearest thing around it that is there."""
    pointer = problem.place.pointer
    while pointer and pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return replace(problem, place=replace(problem.place, line=lines.get(pointer or "")))
