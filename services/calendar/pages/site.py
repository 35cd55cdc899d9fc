"""Rendering this service's pages, for the installation that the request has reached."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from services.calendar.pages.strings import STRINGS
from shared.pages.render import Pages, PublicPage, Site
from shared.text import Text

PAGE = "public, max-age=60"
READERS_OWN = "private, no-store"
CHOSEN_BY_BROWSER = "private, max-age=60"
"""For a page that depends on the browser: its reader may keep it, nobody between may."""


@lru_cache(maxsize=8)
def pages_of(site: Site) -> Pages:
    """Return the renderer of an installation."""
    return Pages(site, Path(__file__).parent / "templates", STRINGS)


async def renderer(request: Request) -> Pages:
    """Return the renderer of this installation."""
    settings = request.app.state.runtime.settings
    return pages_of(Site(Text(settings.site_name_zh, settings.site_name_en), settings.address()))


PagesDep = Annotated[Pages, Depends(renderer)]


def html(
    pages: Pages, template: str, page: PublicPage, *, cache: str, tags: str = "", status: int = 200, **context: object
) -> HTMLResponse:
    """Answer with a page; `tags` call it back."""
    headers = {"Cache-Control": cache} | ({"Cache-Tag": tags} if tags else {})
    return HTMLResponse(pages.render(template, page, **context), status, headers)
