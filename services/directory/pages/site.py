"""Rendering this service's pages, for the installation that the request has reached. None of them is ever kept."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse

from services.directory.pages.strings import STRINGS
from shared.pages.render import Pages, PublicPage, Site
from shared.text import Language, Text

NOT_KEPT = {"Cache-Control": "no-store"}
COOKIE = "huitang_session"


@lru_cache(maxsize=8)
def pages_of(site: Site) -> Pages:
    """Return the renderer of an installation."""
    return Pages(site, Path(__file__).parent / "templates", STRINGS)


async def renderer(request: Request) -> Pages:
    """Return the renderer of this installation."""
    settings = request.app.state.runtime.settings
    return pages_of(Site(Text(settings.site_name_zh, settings.site_name_en), settings.address()))


PagesDep = Annotated[Pages, Depends(renderer)]


def html(pages: Pages, template: str, page: PublicPage, *, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a page."""
    return HTMLResponse(pages.render(template, page, **context), status, NOT_KEPT)


def at_work(language: Language) -> str:
    """Return the address of the console, in a language: where somebody goes on who has signed in."""
    return f"/console/?language={language}"


def go_on(address: str, cookie: str) -> RedirectResponse:
    """Answer with another address and a cookie, after a form was taken."""
    return RedirectResponse(address, 303, NOT_KEPT | {"Set-Cookie": cookie})


def session_cookie(secret: str, days: int, address: str) -> str:
    """Return the header that gives a browser its session; an empty secret takes it away."""
    lasting = days * 86_400 if secret else 0
    secure = "; Secure" if address.startswith("https:") else ""
    return f"{COOKIE}={secret}; Path=/; Max-Age={lasting}; HttpOnly; SameSite=Lax{secure}"
