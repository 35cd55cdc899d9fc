"""Measure a workbook before it is opened: a cell at the far corner of a sheet, or a part that unpacks to gigabytes,
would take all memory.
"""

import io
import re
import zipfile
from copy import copy
from xml.parsers import expat

from python_calamine import CalamineError

MAX_UNPACKED = 128 << 20
MAX_CELLS = 2_000_000

UNREADABLE = (
    CalamineError,
    zipfile.BadZipFile,
    expat.ExpatError,
    ValueError,
    LookupError,
    NotImplementedError,  # raised by zipfile for a way of packing that it does not know
    OSError,
    EOFError,
)
"""What measuring and opening raise for bytes that are no workbook."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class UnpacksTooLarge(ValueError):
    """The workbook unpacks to more bytes than are read."""


class TooManyCells(ValueError):
    """The cells of a sheet lie too far from each other."""


def measure(data: bytes) -> None:
    """Raise `UnpacksTooLarge` or `TooManyCells` for what would take too much memory, or any of `UNREADABLE`."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            whole = copy(info)
            whole.file_size = 1 << 40  # what the archive says of itself is not believed
            with archive.open(whole) as part:
                content = part.read(MAX_UNPACKED - total + 1)
            total += len(content)
            if total > MAX_UNPACKED:
                raise UnpacksTooLarge(f"unpacks to more than {MAX_UNPACKED} bytes")
            if info.filename.endswith((".xml", ".rels")) or content.lstrip()[:1] == b"<":
                _measure_part(content)


def _measure_part(content: bytes) -> None:
    """Raise `ValueError` for counts that cannot be true (memory is set aside by them) and for cells too far apart."""
    rows = columns = row = column = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal rows, columns, row, column
        # text that stands in many cells is there once, and is counted for each of them
        for counter, most in (("count", max(len(content), MAX_CELLS)), ("uniqueCount", len(content))):
            if int(attributes.get(counter, 0)) > most:
                raise ValueError(f"{counter}={attributes[counter]}")
        tag = name.rpartition(":")[2]
        if tag == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        elif tag == "c":
            row, column = _position(attributes["r"]) if "r" in attributes else (row, column + 1)
        elif tag == "mergeCell":
            for corner in attributes.get("ref", "").split(":"):
                _position(corner)
        elif tag in ("v", "is", "f", "t"):
            rows, columns = max(rows, row), max(columns, column)
            if rows * columns > MAX_CELLS:
                raise TooManyCells(f"spans more than {MAX_CELLS} cells")

    parser.StartElementHandler = start
    parser.Parse(content, True)


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
