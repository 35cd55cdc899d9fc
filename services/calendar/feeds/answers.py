"""How calendar bytes are answered over HTTP, whoever asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from shared.conditional import evaluate, http_date

MEDIA_TYPE = "text/calendar; charset=utf-8"
PUBLIC = "public, max-age=60"
PRIVATE = "private, no-store"

_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """What a client says that it holds, and which program it is."""

    none_match: str | None
    modified_since: str | None
    client: str


async def held_by(request: Request) -> Held:
    """Read what the client says that it holds."""
    told = request.headers
    return Held(told.get("if-none-match"), told.get("if-modified-since"), told.get("user-agent", ""))


HeldDep = Annotated[Held, Depends(held_by)]


def answer_calendar(
    held: Held, content: bytes, *, etag: str, modified_at: datetime | None, name: str, headers: Mapping[str, str]
) -> Response:
    """Answer with the bytes, or with 304 where the client holds them.

    `name` is the file's, without its ending; where `modified_at` is not known, the tag alone tells.
    """
    told = {"ETag": etag, **headers}
    if modified_at:
        told["Last-Modified"] = http_date(modified_at)
    if evaluate(held.none_match, held.modified_since, etag=etag, modified_at=modified_at or _NO_TIME) == 304:
        return Response(status_code=304, headers=told)
    told["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return Response(content, headers=told, media_type=MEDIA_TYPE)
