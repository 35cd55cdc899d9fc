"""Styles and images of public pages, each under an address that names its content, so that it never goes stale."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

PREFIX = "/assets/pages/"
IMMUTABLE = "public, max-age=31536000, immutable"
"""The Cache-Control of every asset: another content has another address."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy that public pages are written for."""

_COMMENT, _AROUND, _SPACE = (re.compile(rule, re.DOTALL) for rule in (rb"/\*.*?\*/", rb"\s*([{};,])\s*", rb"\s+"))
_STATIC = Path(__file__).parent / "static"
_MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}


class Asset(NamedTuple):
    """A file as it is served."""

    url: str
    media_type: str
    content: bytes


@cache
def asset(name: str) -> Asset:
    """Return an asset by its file name, such as `styles.css`, without comments and indents; raise `FileNotFoundError` where there is none."""
    path = _STATIC / name
    content = path.read_bytes()
    if path.suffix == ".css":
        content = _SPACE.sub(b" ", _AROUND.sub(rb"\1", _COMMENT.sub(b"", content))).strip()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{PREFIX}{path.stem}-{digest}{path.suffix}", _MEDIA_TYPES[path.suffix], content)


@cache
def assets() -> dict[str, Asset]:
    """Return every asset by its address."""
    found = (asset(path.name) for path in sorted(_STATIC.iterdir()) if path.suffix in _MEDIA_TYPES)
    return {each.url: each for each in found}
