"""Which upstream an address belongs to. Pure: a path in, an upstream or a redirect out, or a refusal.

Nothing under `/internal` is reachable, because no rule here leads there; a path is read once, percent-decoded, and paths
that could be read in two ways are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp

from gateway.refusals import BadAddress
from shared.errors import NotFound
from shared.text import LANGUAGES

FILES = (".ics", ".svg", ".png", ".pdf", ".xml", ".json", ".csv", ".xlsx", ".txt")
"""Endings of what is not a page, and has the same bare address in every language."""

_TRICKS = re.compile(r"^[^/]|//|/\.\.?(?:/|$)|[\\\x00-\x1f\x7f\ufffd]")


@dataclass(frozen=True)
class Upstream:
    """A service behind the gateway: its application, and the public URL prefixes of its pages, without language."""

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
    prefixes: tuple[tuple[str, Upstream], ...]
    """Longest first, so that the nearest wins."""

    @classmethod
    def of(cls, upstreams: Mapping[str, Upstream]) -> "Routes":
        """Make the map; raise `ValueError` where two services claim the same prefix or one that cannot be theirs."""
        claimed: dict[str, Upstream] = {}
        for upstream in upstreams.values():
            for prefix in upstream.prefixes:
                if prefix in claimed or _first(prefix) in {"api", "internal", "assets", *LANGUAGES}:
                    raise ValueError(f"{upstream.name} cannot have the prefix {prefix}")
                claimed[prefix] = upstream
        return cls(upstreams, tuple(sorted(claimed.items(), key=lambda item: -len(item[0]))))

    def find(self, path: str) -> Upstream | ToLanguage:
        """Return whose address this is; raise `BadAddress` or `NotFound`."""
        if _TRICKS.search(path):
            raise BadAddress()
        first = _first(path)
        if first == "api":
            name = _first(path[4:])
            if name in self.upstreams and path.startswith(f"/api/{name}/"):
                return self.upstreams[name]
            raise NotFound()
        if first in LANGUAGES:
            return self._owner(path[3:] or "/")
        owner = self._owner(path)
        return owner if path.endswith(FILES) else ToLanguage()

    def _owner(self, path: str) -> Upstream:
        for prefix, upstream in self.prefixes:
            if path == prefix or (prefix != "/" and path.startswith(f"{prefix}/")):
                return upstream
        raise NotFound()


def _first(path: str) -> str:
    """Return the first segment of a path."""
    return path[1:].partition("/")[0]
