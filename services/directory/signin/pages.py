"""Pages of signing in and out, without script. A form that was refused is shown again, saying why."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Cookie, Depends, Form, Header, Query
from fastapi.responses import Response
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.pages.site import PagesDep, at_work, go_on, html, session_cookie
from services.directory.pages.strings import STRINGS
from services.directory.signin.actions import Attempt, attempt, begin_session, sign_out
from services.directory.signin.rules import safe_way_on
from services.directory.signin.runtime import RuntimeDep
from services.directory.signin.schemas import SignInForm
from shared.errors import Refusal
from shared.pages.render import Pages, PublicPage
from shared.problems import status_of
from shared.text import Language
from shared.web import AnybodyDep, Now, reads, writes

router = APIRouter()

Agent = Annotated[str, Header(alias="user-agent")]
SessionCookie = Annotated[str, Cookie(alias="huitang_session")]
WayOn = Annotated[str, Query(alias="next", max_length=2000)]
FormDep = Annotated[SignInForm, Form()]


async def attempted(runtime: RuntimeDep, now: Now, form: FormDep) -> Attempt:
    """Check account and password before the route's own transaction."""
    return await anyio.to_thread.run_sync(attempt, runtime.db, form.account, form.password, now)


@router.get("/{language}/sign-in")
@reads
def show_sign_in(
    tx: Session, pages: PagesDep, language: Language, caller: AnybodyDep, way_on: WayOn = "", gone: bool = False
) -> Response:
    """Show the form, or who is signed in."""
    viewer = caller.name.in_(language) if caller else ""
    return _page(pages, language, viewer=viewer, way_on=way_on, gone=gone)


@router.post("/{language}/sign-in")
@writes
def take_sign_in(
    tx: Session,
    runtime: RuntimeDep,
    pages: PagesDep,
    language: Language,
    now: Now,
    form: FormDep,
    tried: Annotated[Attempt, Depends(attempted)],
    agent: Agent = "",
) -> Response:
    """Sign the browser in and go on to where it came from."""
    if tried.refusal:
        return _page(pages, language, account=form.account, way_on=form.way_on, refusal=tried.refusal)
    days = runtime.settings.session_days
    _, secret = begin_session(tx, tx.get_one(Account, tried.account_id), agent, days, now)
    cookie = session_cookie(secret, days, runtime.settings.address())
    return go_on(safe_way_on(form.way_on, at_work(language)), cookie)


@router.post("/{language}/sign-out")
@writes
def take_sign_out(
    tx: Session, runtime: RuntimeDep, language: Language, now: Now, session: SessionCookie = ""
) -> Response:
    """End the browser's session."""
    sign_out(tx, session, now)
    return go_on(f"/{language}/sign-in?gone=true", session_cookie("", 0, runtime.settings.address()))


def _page(
    pages: Pages,
    language: Language,
    *,
    viewer: str = "",
    account: str = "",
    way_on: str = "",
    gone: bool = False,
    refusal: Refusal | None = None,
) -> Response:
    title = STRINGS["sign_in.account_title" if viewer else "sign_in.title"]
    page = PublicPage(language, "/sign-in", title, section="sign-in", indexed=False, viewer=viewer)
    told = (type(refusal).title, refusal.words()) if refusal else None
    status = status_of(type(refusal)) if refusal else 200
    return html(
        pages, "sign_in.html", page, status=status, account=account[:254], way_on=way_on, gone=gone, refusal=told
    )
