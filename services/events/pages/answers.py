"""Pages on their way out: kept in memory as bytes under all that they were made from, and answered with a strong tag."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, Request, Response

from services.events.pages.leaf import Leaf, make_pages, render
from services.events.pages.programme import Known
from shared.conditional import etag_of, evaluate
from shared.pages.render import TAGS, Pages, Site
from shared.shelf import Shelf
from shared.text import Text

SHARED = "public, max-age=60"
MINUTE = "public, max-age=30"
"""For what changes by the minute: no cache tag calls it back."""

OWN = "private, no-store"
"""For a reader's own choice, and for drafts."""

LIMIT = 64 << 20
"""Bytes of pages that are kept."""

PROGRAMMES = 8
"""Programmes that are kept; one takes some megabytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as bytes, with its strong tag and the cache tags that call it back."""

    content: bytes
    etag: str
    language: str
    tags: str


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes pages for one installation, and keeps those that are the same for everybody."""

    pages: Pages
    kept: Shelf[Hashable, Made]
    programmes: Shelf[Hashable, Known]

    def make(self, leaf: Leaf, tags: tuple[str, ...] = ()) -> Made:
        """Render a page."""
        content = render(self.pages, leaf)
        return Made(content, etag_of(content), TAGS[leaf.page.language], " ".join(tags))

    def find(self, key: Hashable) -> Made | None:
        """Return the page that was kept under `key`."""
        return self.kept.find([key]).get(key)


@lru_cache(maxsize=8)
def _pages_of(site: Site) -> Pages:
    return make_pages(site)


async def renderer(request: Request) -> Renderer:
    """Return the renderer of this installation; made with its first page."""
    state = request.app.state
    if not hasattr(state, "public_pages"):
        settings = state.runtime.settings
        site = Site(Text(settings.site_name_zh, settings.site_name_en), settings.address())
        state.public_pages = Renderer(
            _pages_of(site), Shelf(LIMIT, lambda made: len(made.content) + 500), Shelf(PROGRAMMES, lambda _: 1)
        )
    found: Renderer = state.public_pages
    return found


RendererDep = Annotated[Renderer, Depends(renderer)]


def answer(request: Request, made: Made, cache: str) -> Response:
    """Answer with a page, or with 304 where the reader holds it."""
    headers = {"Cache-Control": cache, "Content-Language": made.language}
    if cache == SHARED and made.tags:
        headers["Cache-Tag"] = made.tags
    if cache != OWN:
        headers["ETag"] = made.etag
        if evaluate(request.headers.get("if-none-match"), None, etag=made.etag, modified_at=_NEVER) == 304:
            return Response(status_code=304, headers=headers)
    return Response(made.content, headers=headers, media_type="text/html; charset=utf-8")


_NEVER = datetime.max.replace(tzinfo=UTC)
