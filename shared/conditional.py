"""Conditional requests (RFC 9110 §8.8, §13) and content coding, as pure functions of headers and bytes.

The tag of the gzip variant is the identity's with `-gzip`: two representations never share a strong tag, and a 304 needs
neither the body nor its compression. What a client holds is compared with the tag of the variant it would be sent now, so
a client that changes its `Accept-Encoding` gets the body once more. Ranges are not served: nobody joins pieces of two
variants. HEAD is answered like GET, without the body.
"""

import gzip
import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, time
from typing import Literal

_TAG = re.compile(r'[ \t]*(?:(W/)?"([\x21\x23-\x7e\x80-\xff]*)")?[ \t]*(?:,|$)')
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_DATES = (
    re.compile(rf"(?:{'|'.join(_DAYS)}), (?P<day>\d\d) (?P<month>[A-Z][a-z]{{2}}) (?P<year>\d{{4}}) {_CLOCK} GMT"),
    re.compile(rf"[A-Z][a-z]+day, (?P<day>\d\d)-(?P<month>[A-Z][a-z]{{2}})-(?P<year>\d\d) {_CLOCK} GMT"),
    re.compile(rf"(?:{'|'.join(_DAYS)}) (?P<month>[A-Z][a-z]{{2}}) (?P<day>[ \d]\d) {_CLOCK} (?P<year>\d{{4}})"),
)


def etag_of(content: bytes) -> str:
    """Return the strong entity tag of these bytes, quoted: 144 bits of their SHA-256."""
    return f'"{urlsafe_b64encode(hashlib.sha256(content).digest()[:18]).decode()}"'


def gzip_tag(etag: str) -> str:
    """Return the tag of the gzip variant of the representation tagged `etag`."""
    return f'{etag[:-1]}-gzip"'


def compressed(content: bytes) -> bytes:
    """Return `content` in gzip, without a time of day: the same bytes give the same bytes."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Tell whether a request takes gzip (RFC 9110 §12.5.3): named or by `*`, with a weight above zero."""
    weights: dict[str, float] = {}
    for part in (accept_encoding or "").lower().split(","):
        coding, _, parameter = part.partition(";")
        match = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameter)
        weights[coding.strip()] = float(match[1]) if match else 0.0 if parameter.strip() else 1.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def evaluate(
    if_none_match: str | None, if_modified_since: str | None, *, etag: str, modified_at: datetime
) -> Literal[200, 304]:
    """Return 304 where the client holds what would be sent, else 200 (RFC 9110 §13.2.2, for GET and HEAD).

    `If-None-Match` (several headers joined by commas) decides alone where it is given; an `If-Modified-Since` that is
    no HTTP date is ignored. `etag` is the tag of the variant that would be sent.
    """
    if if_none_match is not None:
        return 304 if _held(if_none_match, etag) else 200
    since = read_http_date(if_modified_since or "")
    return 304 if since and modified_at.replace(microsecond=0) <= since else 200


def _held(if_none_match: str, etag: str) -> bool:
    """Tell whether the list names the tag, compared weakly; a list that breaks the grammar names nothing."""
    if if_none_match.strip(" \t") == "*":
        return True
    held, position = set(), 0
    while position < len(if_none_match):
        match = _TAG.match(if_none_match, position)
        if not match:
            return False
        held.add(match[2])
        position = match.end()
    return etag[1:-1] in held


def http_date(moment: datetime) -> str:
    """Write an instant as HTTP does, whatever the locale: `Sun, 06 Nov 1994 08:49:37 GMT`."""
    at = moment.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} GMT"


def read_http_date(words: str) -> datetime | None:
    """Read any of the three forms of HTTP date (RFC 9110 §5.6.7) in UTC; None for anything else."""
    match = next(filter(None, (form.fullmatch(words.strip(" \t")) for form in _DATES)), None)
    if not match or match["month"] not in _MONTHS:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    clock = f"{match['hour']}:{match['minute']}:{match['second']}"
    try:
        day = date(year, _MONTHS.index(match["month"]) + 1, int(match["day"]))
        return datetime.combine(day, time.fromisoformat(clock), UTC)
    except ValueError:
        return None
