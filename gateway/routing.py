"""Which upstream an address belongs to. Pure: a path in, an upstream or a redirect out, or a refusal.

Nothing under `/internal` is reachable, because no rule here leads there; a path is read once, percent-decoded, and paths
that could be read in two ways are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from starlette.types import ASGIApp

from gateway.refusals import BadAddress
from shared.errors import NotFound
from shared.text import LANGUAGES, Language

FILES = (".ics", ".svg", ".png", ".pdf", ".xml", ".json", ".jsonld", ".csv", ".xlsx", ".txt")
"""Endings of what is not a page, and has the same bare address in every language."""

_PLAIN = re.compile(r"(?:/(?!/|\.\.?(?:/|$))[^/\\\x00-\x1f\x7f\ufffd]*)+")
"""A path that can be read in one way alone."""

_LANGUAGES: dict[str, Language] = {language: language for language in LANGUAGES}


@runtime_checkable
class Closing(Protocol):
    """An application that holds connections, and is closed in the end. Services of this process are not."""

    async def close(self) -> None:
        """Close every connection."""


@dataclass(frozen=True)
class Upstream:
    """A service behind the gateway: its application, and the public URL prefixes of its pages, without language.

    The gateway's own application stands among them, under first segments instead of prefixes.
    """

    name: str
    app: ASGIApp
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToLanguage:
    """A page's bare address: the reader goes on to the page in their language."""


@dataclass(frozen=True)
class Routes:
    """The map from addresses to upstreams."""

    upstreams: Mapping[str, Upstream]
    own: Upstream
    prefixes: tuple[tuple[str, Upstream], ...]
    """Longest first, so that the nearest wins."""

    @classmethod
    def of(cls, upstreams: Mapping[str, Upstream], own: Upstream) -> "Routes":
        """Make the map; raise `ValueError` where two services claim one prefix, or one claims what is the gateway's `own`."""
        claimed: dict[str, Upstream] = {}
        for upstream in upstreams.values():
            for prefix in upstream.prefixes:
                if prefix in claimed or _first(prefix) in {"internal", *own.prefixes, *LANGUAGES}:
                    raise ValueError(f"{upstream.name} cannot have the prefix {prefix}")
                claimed[prefix] = upstream
        return cls(upstreams, own, tuple(sorted(claimed.items(), key=lambda item: -len(item[0]))))

    def find(self, path: str) -> Upstream | ToLanguage:
        """Return whose address this is; raise `BadAddress` or `NotFound`."""
        if not _PLAIN.fullmatch(path):
            raise BadAddress()
        first = _first(path)
        if first == "api":
            name = _first(path[4:])
            return self.upstreams[name] if name in self.upstreams and path != f"/api/{name}" else self.own
        if first in self.own.prefixes:
            return self.own
        if first in LANGUAGES:
            return self.own if _first(path[3:]) in self.own.prefixes else self._owner(path[3:] or "/")
        owner = self._owner(path)
        return owner if path.endswith(FILES) else ToLanguage()

    def _owner(self, path: str) -> Upstream:
        for prefix, upstream in self.prefixes:
            if path == prefix or (prefix != "/" and path.startswith(f"{prefix}/")):
                return upstream
        raise NotFound()


def language_of(path: str) -> Language | None:
    """Return the language that a page's address names."""
    return _LANGUAGES.get(_first(path))


def _first(path: str) -> str:
    """Return the first segment of a path."""
    return path[1:].partition("/")[0]
