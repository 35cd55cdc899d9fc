"""The console: a single-page application, built into a folder by `make console` and served from it as it is.

Every address of a page is answered with `index.html`, which is asked for anew each time; what it loads has a digest of its
content in its name. A build that replaces the folder is seen at once.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from gateway.refusals import ConsoleNotBuilt
from shared.conditional import accepts_gzip, compressed, etag_of, evaluate, gzip_tag
from shared.errors import NotFound
from shared.pages.assets import IMMUTABLE, POLICY
from shared.settings import Settings

BUILT = Path(__file__).parents[1] / "web" / "dist"
"""Where the console is built, in a source tree, an archive and the image alike."""

# Ant Design writes the styles of a component into the page when it is first shown; script stays with files of this site.
CONSOLE_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

PAGE = "index.html"

_ASSETS = "assets/"
_NAME = re.compile(r"(?:\w[\w.-]*/)*[\w-][\w.-]*", re.ASCII)
"""A file by its path: nothing that is hidden, and nothing outside."""

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_ZIPPED = {".css", ".html", ".js", ".json", ".svg", ".txt"}
_UNDATED = datetime.max.replace(tzinfo=UTC)


class _File(NamedTuple):
    """A file in memory, as it stood on disk at `written_at` (nanoseconds); `zipped` where it is text."""

    written_at: int
    media_type: str
    etag: str
    content: bytes
    zipped: bytes | None


class Console:
    """Answers for the console's addresses; each file is read and compressed when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.console or BUILT
        self._files: dict[str, _File] = {}

    async def answer(self, request: Request, name: str) -> Response:
        """Answer for the address `name` below `/console/`; raises `NotFound` and, for a page, `ConsoleNotBuilt`."""
        is_page = not name.startswith(_ASSETS) and "." not in name.rpartition("/")[2]
        if is_page:
            name = PAGE
        file = await self._file(name)
        if file is None:
            raise ConsoleNotBuilt() if is_page else NotFound()
        zipped = file.zipped if accepts_gzip(request.headers.get("accept-encoding")) else None
        headers = {
            "Cache-Control": IMMUTABLE if name.startswith(_ASSETS) else "no-cache",
            "ETag": gzip_tag(file.etag) if zipped else file.etag,
        }
        if file.zipped:
            headers["Vary"] = "Accept-Encoding"
        if name == PAGE:  # said again where nothing has changed: a browser puts these in the place of what it keeps
            headers["Content-Security-Policy"] = CONSOLE_POLICY
        if evaluate(request.headers.get("if-none-match"), None, etag=headers["ETag"], modified_at=_UNDATED) == 304:
            return Response(status_code=304, headers=headers)
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return Response(zipped or file.content, media_type=file.media_type, headers=headers)

    async def _file(self, name: str) -> _File | None:
        """Return a file as it stands on disk now; None where there is none."""
        if not _NAME.fullmatch(name):
            return None
        path = self._folder / name
        try:
            written_at = path.stat().st_mtime_ns
            file = self._files.get(name)
            if file is None or file.written_at != written_at:
                file = self._files[name] = await anyio.to_thread.run_sync(_read, path, written_at)
        except OSError:
            return None
        return file


def _read(path: Path, written_at: int) -> _File:
    content = path.read_bytes()
    media_type = _MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    zipped = compressed(content) if path.suffix in _ZIPPED else None
    return _File(written_at, media_type, etag_of(content), content, zipped)
