"""Public answers kept in memory until their owner says that they are out of date.

An answer is kept where it was made for nobody in particular, is marked `public`, and carries the tags by which its owner
will call it back. A fill that began before one of its tags was dropped is refused: it may hold what was true before.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from gzip import decompress
from typing import NamedTuple

from shared.conditional import accepts_gzip, etag_of, evaluate, gzip_tag, read_http_date

Headers = Sequence[tuple[bytes, bytes]]

_OVERHEAD = 2_000
"""Bytes that an entry takes beside its body."""

_IN_304 = {b"cache-control", b"content-location", b"etag", b"expires", b"last-modified", b"vary"}
_ZIPPED_TYPES = (b"text/", b"application/json", b"application/xml", b"application/ld+json", b"image/svg+xml")
_MOST_WANTED = 10_000
_WORTH_ZIPPING = 500
_CODINGS = {b"identity", b"gzip"}

_NO_DATE = datetime.max.replace(tzinfo=UTC)


class Key(NamedTuple):
    """What an answer is kept under; `language` only where it is not part of the path."""

    path: str
    query: bytes
    language: str = ""


@dataclass(slots=True)
class Variant:
    """The bytes of an answer in one coding, with the headers of a 200 and of a 304."""

    etag: bytes
    body: bytes
    head: list[tuple[bytes, bytes]]
    head_304: list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Entry:
    """A kept answer. Its gzip variant is made when first asked for; the tag of that one is known before."""

    plain: Variant
    zipped_etag: bytes
    zipped_304: list[tuple[bytes, bytes]]
    modified_at: datetime
    tags: frozenset[str]
    upstream: str
    zippable: bool
    zipped: Variant | None = None
    zipping: bool = False

    def size(self) -> int:
        """Return the bytes that count against the cache's limit."""
        return len(self.plain.body) + (len(self.zipped.body) if self.zipped else 0) + _OVERHEAD

    def held(self, etag: bytes, if_none_match: bytes | None, if_modified_since: bytes | None) -> bool:
        """Tell whether the client holds the variant tagged `etag`."""
        if if_none_match == etag:
            return True
        if if_none_match is None and if_modified_since is None:
            return False
        none_match = None if if_none_match is None else if_none_match.decode("latin-1")
        since = None if if_modified_since is None else if_modified_since.decode("latin-1")
        return evaluate(none_match, since, etag=etag.decode("latin-1"), modified_at=self.modified_at) == 304


@dataclass(eq=False, slots=True)
class Fill:
    """An answer on its way into the cache, and what was dropped meanwhile."""

    key: Key
    dropped: set[str] = field(default_factory=set)
    refused: bool = False


class Cache:
    """The kept answers, least recently used first; `open` while every drop is heard."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.largest = limit // 8
        self.open = False
        self.bytes = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._tagged: dict[str, set[Key]] = {}
        self._fills: set[Fill] = set()
        self._wanted: set[Key] = set()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def keeps(self) -> bool:
        """Tell whether answers are kept at present: every drop is heard, and there is room."""
        return self.open and self.limit > 0

    def get(self, key: Key) -> Entry | None:
        """Return what is kept under `key`, while the cache is open."""
        entry = self._entries.get(key)
        if entry is None or not self.open:
            return None
        self._entries.move_to_end(key)
        return entry

    def want(self, key: Key) -> None:
        """Note that the origin would let `key` be kept, but was asked on a condition that held."""
        if len(self._wanted) < _MOST_WANTED:
            self._wanted.add(key)

    def is_wanted(self, key: Key) -> bool:
        """Tell whether the origin should be asked without conditions this time."""
        return key in self._wanted

    def begin(self, key: Key) -> Fill:
        """Begin to fill `key`, before the origin is asked."""
        fill = Fill(key)
        self._fills.add(fill)
        return fill

    def end(self, fill: Fill, entry: Entry | None) -> bool:
        """End a fill with an answer or with none; tell whether the answer was kept."""
        self._fills.discard(fill)
        self._wanted.discard(fill.key)
        if entry is None or fill.refused or not self.open or fill.dropped & entry.tags:
            return False
        self._remove(fill.key)
        self._entries[fill.key] = entry
        for tag in entry.tags:
            self._tagged.setdefault(tag, set()).add(fill.key)
        self._grow(entry.size())
        return True

    def grown(self, key: Key, entry: Entry, size: int) -> None:
        """Note that an entry has become larger, if it is still there."""
        if self._entries.get(key) is entry:
            self._grow(size)

    def drop(self, tags: Iterable[str]) -> int:
        """Forget every answer that carries one of `tags`; return how many there were."""
        tags = set(tags)
        for fill in self._fills:
            fill.dropped |= tags
        keys = {key for tag in tags for key in self._tagged.get(tag, ())}
        for key in keys:
            self._remove(key)
        return len(keys)

    def clear(self, *, open: bool) -> None:
        """Forget everything, fills under way included; then be open or closed."""
        for fill in self._fills:
            fill.refused = True
        self._entries.clear()
        self._tagged.clear()
        self.bytes = 0
        self.open = open

    def _remove(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self.bytes -= entry.size()
        for tag in entry.tags:
            self._tagged[tag].discard(key)
            if not self._tagged[tag]:
                del self._tagged[tag]

    def _grow(self, size: int) -> None:
        self.bytes += size
        while self.bytes > self.limit:
            self._remove(next(iter(self._entries)))


def entry_of(headers: Headers, body: bytes, *, tags: bytes, upstream: str, by_language: bool) -> Entry | None:
    """Make an entry of an origin's answer, a 200; nothing where it must not be kept.

    `by_language` tells whether the key names the language; no other header may have chosen the answer.
    """
    told = dict(headers)
    names = frozenset(tags.decode("latin-1").replace(",", " ").split())
    chosen_by = _words(told.get(b"vary", b"")) - {b"accept-encoding"}
    known = {b"accept-language"} if by_language else set[bytes]()
    control = {directive.partition(b"=")[0] for directive in _words(told.get(b"cache-control", b""))}
    coding = told.get(b"content-encoding", b"identity")
    if not names or chosen_by - known or b"set-cookie" in told or coding not in _CODINGS:
        return None
    if b"public" not in control or control & {b"private", b"no-store"}:
        return None
    zipped = body if coding == b"gzip" else None
    body = body if zipped is None else decompress(zipped)
    etag = told.get(b"etag", b"").replace(b'-gzip"', b'"') or etag_of(body).encode()
    modified_at = read_http_date(told.get(b"last-modified", b"").decode("latin-1")) or _NO_DATE
    zippable = zipped is not None or (
        len(body) >= _WORTH_ZIPPING and told.get(b"content-type", b"").startswith(_ZIPPED_TYPES)
    )
    drop = {b"etag", b"content-length", b"content-encoding", b"vary"}
    head = [(name, value) for name, value in headers if name not in drop]
    vary = [b"Accept-Encoding"] * zippable + [b"Accept-Language"] * bool(chosen_by)
    if vary:
        head.append((b"vary", b", ".join(vary)))
    plain = _variant(etag, body, head)
    zipped_etag = gzip_tag(etag.decode("latin-1")).encode("latin-1")
    zipped_304 = [(name, zipped_etag if name == b"etag" else value) for name, value in plain.head_304]
    entry = Entry(plain, zipped_etag, zipped_304, modified_at, names, upstream, zippable)
    if zipped is not None:
        entry.zipped = zipped_variant(entry, zipped)
    return entry


def zipped_variant(entry: Entry, body: bytes) -> Variant:
    """Make the gzip variant of an answer from its compressed `body`."""
    head = [pair for pair in entry.plain.head if pair[0] not in (b"etag", b"content-length")]
    return _variant(entry.zipped_etag, body, [*head, (b"content-encoding", b"gzip")])


@lru_cache(512)
def takes_gzip(accept_encoding: bytes | None) -> bool:
    """Tell whether a request takes gzip; remembered, since clients send few different headers."""
    return accept_encoding is not None and accepts_gzip(accept_encoding.decode("latin-1"))


def _variant(etag: bytes, body: bytes, head: Headers) -> Variant:
    tagged = [*head, (b"etag", etag)]
    return Variant(
        etag,
        body,
        [*tagged, (b"content-length", str(len(body)).encode())],
        [pair for pair in tagged if pair[0] in _IN_304],
    )


def _words(value: bytes) -> set[bytes]:
    return {word.strip().lower() for word in value.split(b",") if word.strip()}
