"""Pages on their way out: kept in memory as bytes under all that they were made from, and answered with a strong tag.

All that is public of a service is in one of two states where a fact lies between that says so (`ViewChanged`): pages are
kept under the state they were made in.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.conditional import etag_of, evaluate
from shared.db import Database
from shared.ledger import OutboxRow
from shared.messages.dates import ViewChanged
from shared.pages.leaf import Leaf, render
from shared.pages.render import TAGS, Pages, Site
from shared.shelf import Shelf
from shared.text import Text

SHARED = "public, max-age=60"
MINUTE = "public, max-age=30"
"""For what changes by the minute: no cache tag calls it back."""

OWN = "private, no-store"
"""For a reader's own choice, and for drafts."""

MEDIA_TYPE = "text/html; charset=utf-8"

LIMIT = 64 << 20
"""Bytes of pages that are kept."""

LOADED = 8
"""Things loaded for pages that are kept; a programme takes some megabytes."""

QUARTER = 900
"""Seconds after which a page that depends on the day is made again: days turn at a quarter in every zone."""

Headers = list[tuple[bytes, bytes]]
PublicState = tuple[tuple[int | None, int], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A page or a file as bytes, with its strong tag, what it is told with, and the headers of a 200 and of a 304."""

    content: bytes
    etag: str
    headers: dict[str, str]
    head: Headers
    head_304: Headers
    media_type: str = MEDIA_TYPE

    @classmethod
    def of(
        cls, content: bytes, language: str, cache: str, tags: tuple[str, ...] = (), *,
        media_type: str = MEDIA_TYPE, filename: str = "",
    ) -> "Made":  # fmt: skip
        """Make an answer of a page, or of a file that is kept under its name."""
        etag = etag_of(content)
        headers = {"Cache-Control": cache, "Content-Language": language}
        headers |= {"ETag": etag} if cache != OWN else {}
        headers |= {"Cache-Tag": " ".join(tags)} if tags else {}
        headers |= {"Content-Disposition": f'attachment; filename="{filename}"'} if filename else {}
        plain = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        whole = [*plain, (b"content-type", media_type.encode()), (b"content-length", str(len(content)).encode())]
        return cls(content, etag, headers, whole, plain, media_type)

    def held(self, if_none_match: str | None) -> bool:
        """Tell whether the reader holds this page."""
        return if_none_match is not None and evaluate(if_none_match, None, etag=self.etag, modified_at=_NEVER) == 304


class Renderer:
    """Makes pages for one installation, and keeps those that are the same for everybody; `changed` calls them back."""

    def __init__(self, pages: Pages, db: Database, changed: type[ViewChanged]) -> None:
        self.pages = pages
        self.db = db
        self.changed = changed
        self.kept: Shelf[Hashable, Made] = Shelf(LIMIT, lambda made: len(made.content) + 1_000)
        self.loaded: Shelf[Hashable, Any] = Shelf(LOADED, lambda _: 1)
        self._sure: tuple[int, Hashable] | None = None

    def make(self, leaf: Leaf, cache: str, tags: tuple[str, ...] = ()) -> Made:
        """Render a page."""
        return Made.of(render(self.pages, leaf), TAGS[leaf.page.language], cache, tags)

    def state(self, tx: Session) -> PublicState:
        """Return what differs between any two states of all that is public: which facts have said that it changed.

        Those that are numbered end at the last number; those that are not are named one by one, since their transactions
        may have been committed in any order.
        """
        said = OutboxRow.type == self.changed.fact_type
        last = select(func.max(OutboxRow.number)).where(said).scalar_subquery()
        told = said, or_(OutboxRow.number.is_(None), OutboxRow.number == last)
        rows = tx.execute(select(OutboxRow.number, OutboxRow.id).where(*told).order_by(OutboxRow.id))
        return tuple((number, id_) for number, id_ in rows)

    def find(self, key: Hashable) -> Made | None:
        """Return the page that was kept under `key`."""
        return self.kept.find_one(key)

    def quarter(self, now: datetime) -> int:
        """Return the quarter of an hour it is, counted from the beginning of time."""
        return int(now.timestamp()) // QUARTER

    def be_sure(self, changes: int | None, state: Hashable) -> None:
        """Remember that `state` was read after the database had seen `changes`."""
        if changes is not None:
            self._sure = (changes, state)

    def keep_for(self, path: str, query: bytes, state: Hashable, quarter: int, made: Made) -> None:
        """Keep a page under the very address that was asked for, to answer the next one at once."""
        self.kept.keep({(state, path, query, quarter): made})

    def at_once(self, path: str, query: bytes) -> Made | None:
        """Return the page of an address where it is sure, without asking the database, that nothing has changed."""
        changes, sure = self.db.changes, self._sure
        if changes is None or sure is None or sure[0] != changes:
            return None
        made = self.kept.find_one((sure[1], path, query, 0))
        return made or self.kept.find_one((sure[1], path, query, self.quarter(self.db.clock())))


def renderer_of(
    make_pages: Callable[[Site], Pages], changed: type[ViewChanged]
) -> Callable[[Request], Awaitable[Renderer]]:
    """Return the dependency that gives a service's renderer, made with the first page of an installation."""
    pages_of = lru_cache(maxsize=8)(make_pages)

    async def renderer(request: Request) -> Renderer:
        state = request.app.state
        if not hasattr(state, "public_pages"):
            settings = state.runtime.settings
            site = Site(Text(settings.site_name_zh, settings.site_name_en), settings.address())
            state.public_pages = Renderer(pages_of(site), state.runtime.db, changed)
        found: Renderer = state.public_pages
        return found

    return renderer


@dataclass(frozen=True, slots=True)
class Reading:
    """One request for a page that is kept, and how it is answered."""

    tx: Session
    request: Request
    renderer: Renderer
    now: datetime

    def kept(
        self,
        asked: str,
        make: Callable[[], tuple[Leaf | Callable[[], Made], tuple[str, ...]] | str],
        *,
        by_day: bool = False,
    ) -> Response:
        """Answer with the page or file kept for this question, or make it; a path instead of one leads there.

        A page `by_day` depends on the day, too: a job calls it back at midnight.
        """
        renderer, changes = self.renderer, self.renderer.db.changes  # before the first statement, which fixes the state
        state = renderer.state(self.tx)
        renderer.be_sure(changes, state)
        quarter = renderer.quarter(self.now) if by_day else 0
        path, query = self.request.scope["path"], self.request.scope["query_string"]
        made = renderer.find((state, path, asked, quarter))
        if made is None:
            found = make()
            if isinstance(found, str):
                headers = {"Cache-Control": "public, max-age=3600"}
                return RedirectResponse(found + (f"?{query.decode()}" if query else ""), 301, headers)
            wanted, tags = found
            write = (lambda: renderer.make(wanted, SHARED, tags)) if isinstance(wanted, Leaf) else wanted
            made = renderer.kept.get((state, path, asked, quarter), write)
        renderer.keep_for(path, query, state, quarter, made)
        return answer(self.request, made)


def answer(request: Request, made: Made) -> Response:
    """Answer with a page, or with 304 where the reader holds it."""
    if "ETag" in made.headers and made.held(request.headers.get("if-none-match")):
        return Response(status_code=304, headers=made.headers)
    return Response(made.content, headers=made.headers, media_type=made.media_type)


_NEVER = datetime.max.replace(tzinfo=UTC)
