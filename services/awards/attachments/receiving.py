"""A file on its way in: its pieces as they come, raw or as a form, and what is looked at before anybody keeps it."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.awards.attachments.rules import AttachmentEmpty, check_format, check_marks, check_size
from shared.describing import FILE
from shared.errors import Malformed, TooLarge
from shared.file_names import cleaned, ending_of
from shared.files import Incoming, hold_file
from shared.scanning import scan
from shared.sniffing import MEDIA_TYPES, format_of, sniff
from shared.web import took_in

_FORM = {"schema": {"type": "object", "properties": {"file": FILE["schema"]}, "required": ["file"]}}
SENT = {"requestBody": {"content": {"application/octet-stream": FILE, "multipart/form-data": _FORM}, "required": True}}
"""How a request that carries a file is described."""


UNNAMED = "file"
"""What a file is called that nobody named."""

FRAME = 1 << 16
"""So many bytes a form may have around the file."""


@dataclass(frozen=True)
class Received:
    """A file that has come, and was looked at: what it is, and what it may be called."""

    file: Incoming
    name: str
    format: str

    def keep(self, tx: Session) -> str:
        """Keep the file for what this transaction is about to say of it; return its name."""
        hold_file(tx, self.file.name())
        return self.file.keep()


class _Over(MultiPartException):
    """More has come than is taken; of a kind on which the parser of forms lets go of its files."""


class Arriving:
    """The body of a request; `name` is what a form calls the file, known once its pieces have come."""

    def __init__(self, headers: Headers, stream: AsyncIterator[bytes], limit: int) -> None:
        self.name = ""
        self._headers = headers
        self._stream = stream
        self._limit = limit

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the file piece by piece; raise `TooLarge`, `Malformed`."""
        if not self._headers.get("content-type", "").lower().startswith("multipart/form-data"):
            try:
                async for piece in self._limited(self._limit):
                    yield piece
            except _Over as error:
                raise TooLarge(limit=self._limit) from error
            return
        try:
            parser = MultiPartParser(self._headers, self._limited(self._limit + FRAME), max_files=1, max_fields=10)
            form = await parser.parse()
        except _Over as error:
            raise TooLarge(limit=self._limit) from error
        except (MultiPartException, KeyError, UnicodeDecodeError) as error:
            raise Malformed() from error
        try:
            file = next((part for part in form.values() if isinstance(part, UploadFile)), None)
            if file is None:
                return
            self.name = file.filename or ""
            while piece := await file.read(FRAME):
                yield piece
        finally:
            await form.close()

    async def _limited(self, limit: int) -> AsyncGenerator[bytes, None]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            if size > limit:
                raise _Over("too large")
            yield piece


@asynccontextmanager
async def taken_in(request: Request, item: Mapping[str, Any], filename: str) -> AsyncIterator[Received]:
    """Take in the file that a request brings for an item, and look at it; raise what `look_at` does, `TooLarge`, `Malformed`.

    A form may say itself what the file is called. An idempotency key is held against what has come.
    """
    runtime = request.app.state.runtime
    most: int = runtime.settings.upload_limit
    with runtime.files.receive() as file:
        arriving = Arriving(request.headers, request.stream(), min(item["most_bytes"] or most, most))
        async for piece in arriving.pieces():
            file.write(piece)
        name = filename if filename != UNNAMED else arriving.name or filename
        plain, found = await run_sync(look_at, item, file, name, most, runtime.settings.scanner)
        took_in(request, file.name().encode())
        yield Received(file, plain, found)


def look_at(item: Mapping[str, Any], file: Incoming, name: str, most: int, scanner: str) -> tuple[str, str]:
    """Return what a file may be called and its format.

    Raises `AttachmentEmpty`, `AttachmentTooLarge`, `MarkedClassified`, `FileUnsafe`, `AttachmentFormatRefused`,
    `MalwareFound`, `ScannerAway`.
    """
    if not file.size:
        raise AttachmentEmpty()
    check_size(item, file.size, most)
    plain = cleaned(name, item["key"])
    check_marks(plain)
    file.name()
    found = sniff(file.path)
    wanted = [format_of(ending) for ending in item["formats"]] or [*MEDIA_TYPES]
    check_format(item, wanted, found, format_of(ending_of(plain)), plain)
    scan(scanner, file.path)
    return plain, found
