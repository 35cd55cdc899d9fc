"""Which characters the fonts of this machine have. What none of them has is printed by its number, not as an empty box.

Names hold characters that few fonts have, and a name is never printed as something else. Read from the fonts' own tables
(OpenType `cmap`, formats 4 and 12), since typst tells nobody what it could not set, and fontTools takes 500 MB to tell.
"""

import struct
from collections.abc import Iterable, Iterator, Set
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

IDEOGRAPHS = 0x2E80
"""From here on characters may be missing in a font for Chinese; typst brings fonts for what comes before."""


def characters_of(fonts: Iterable[tuple[Path, int]]) -> frozenset[int]:
    """Return the characters that fonts have between them; each is named by its file and its place in it."""
    found: set[int] = set()
    for path, index in sorted(set(fonts)):
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            for first, last in _ranges(data, index):
                found.update(range(first, last + 1))
    return frozenset(found)


def _ranges(data: mmap, index: int) -> Iterator[tuple[int, int]]:
    start = struct.unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, start + 12 + 16 * number)
        if tag == b"cmap":
            for each in range(struct.unpack_from(">H", data, offset + 2)[0]):
                yield from _table(data, offset + struct.unpack_from(">L", data, offset + 8 + 8 * each)[0])


def _table(data: mmap, at: int) -> Iterator[tuple[int, int]]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == 12:
        for number in range(struct.unpack_from(">L", data, at + 12)[0]):
            first, last, _ = struct.unpack_from(">LLL", data, at + 16 + 12 * number)
            yield first, last
    if form == 4:
        double = struct.unpack_from(">H", data, at + 6)[0]
        for place in range(0, double - 2, 2):
            last = struct.unpack_from(">H", data, at + 14 + place)[0]
            yield struct.unpack_from(">H", data, at + 16 + double + place)[0], last


def settable(value: Any, characters: Set[int]) -> Any:
    """Return data in which what no font has is written by its number, such as 〔U+20000〕."""
    if isinstance(value, str):
        missing = {letter for letter in value if ord(letter) >= IDEOGRAPHS and ord(letter) not in characters}
        return value.translate({ord(letter): f"〔U+{ord(letter):04X}〕" for letter in missing}) if missing else value
    if isinstance(value, list):
        return [settable(item, characters) for item in value]
    if isinstance(value, dict):
        return {name: settable(item, characters) for name, item in value.items()}
    return value
