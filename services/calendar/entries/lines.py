"""Content lines of RFC 5545: cleaning, escaping, folding. No knowledge of entries or feeds."""

import re
from collections.abc import Iterable, Mapping

from icalendar import Parameters
from icalendar.cal import Component
from icalendar.caselessdict import canonsort_keys

MOST_OCTETS = 74
"""How many octets icalendar's own writer puts on a line; with the space that a folded line begins with, 75."""

_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class Encoded:
    """A property value that is already written as it shall stand on the line, with its parameters."""

    def __init__(self, value: str, **parameters: str) -> None:
        self.value = value
        self.params = Parameters(parameters) if parameters else None

    def under(self, name: str) -> str:
        """Return the content line of a property with this value, not folded yet."""
        return f"{name};{self.params.to_ical().decode()}:{self.value}" if self.params else f"{name}:{self.value}"


Property = tuple[str, Encoded | None]
"""A property's name and its value, where it has one."""


def clean(words: str) -> str:
    """Return `words` without what no calendar can carry, every kind of line break made a newline."""
    if words.isprintable():
        return words
    return _UNSENDABLE.sub("", _BREAKS.sub("\n", words))


def one_line(words: str) -> str:
    """Return `words` cleaned, its line breaks made spaces."""
    return clean(words).replace("\n", " ")


def text(words: str) -> Encoded:
    r"""Return a TEXT value (RFC 5545 §3.3.11).

    icalendar's own escaping takes the two characters `\N` in a title such as `C:\New` for a line break.
    """
    return Encoded(words.translate(_ESCAPES))


def texts(words: Iterable[str]) -> Encoded:
    """Return a list of TEXT values on one line."""
    return Encoded(",".join(word.translate(_ESCAPES) for word in words))


def lines(properties: Iterable[Property]) -> dict[str, bytes]:
    """Return the content lines of `properties` by their names; none: left out."""
    return {name: line(name, value) for name, value in properties if value is not None}


def write(component: type[Component], written: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a component with the content lines `written` in icalendar's fixed order.

    The order is icalendar's own, and so are parameters; its writer takes longer than all else of an entry.
    """
    ordered = (written[name] for name in canonsort_keys(written, component.canonical_order))
    return b"".join((fold(f"BEGIN:{component.name}"), *ordered, fold(f"END:{component.name}")))


def line(name: str, value: Encoded) -> bytes:
    """Return one content line, folded at 75 octets between characters, with its CRLF."""
    return fold(value.under(name))


def fold(words: str) -> bytes:
    r"""Return a content line folded where icalendar folds it, with its CRLF: in no character, and not behind `\` or `^`.

    icalendar goes through a line character by character, and takes as long for it as for all else of an entry.
    """
    assert "\n" not in words, "a content line has no line break of its own"
    rest, pieces = words.encode(), list[bytes]()
    while len(rest) > MOST_OCTETS:
        end = MOST_OCTETS
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        end -= rest[end - 1] in b"\\^"
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join((*pieces, rest)) + b"\r\n"
