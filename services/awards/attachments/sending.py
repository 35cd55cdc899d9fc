"""A file on its way out: the same bytes as were sent, and nothing in it runs where a browser shows it."""

from urllib.parse import quote

from starlette.responses import Response

from shared.errors import NotFound
from shared.files import FileStore
from shared.sniffing import MEDIA_TYPES

SHOWN = ("pdf", "jpg", "png")
"""The formats that a browser may show by itself."""


def sent(files: FileStore, *, key: str, name: str, format: str, sha256: str, inline: bool) -> Response:
    """Make the answer that carries a file; raise `NotFound` for what was only pointed to."""
    if not sha256:
        raise NotFound()
    shown = "inline" if inline and format in SHOWN else "attachment"
    plain = f"{key}-{sha256[:8]}.{format}"
    headers = {
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    return Response(files.get(sha256), headers=headers, media_type=MEDIA_TYPES[format])
