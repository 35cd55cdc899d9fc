"""The pages behind one-time links. Opening one shows what it does; only its button uses it up, so that previews do not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Form, Header, Path
from fastapi.responses import Response
from sqlalchemy.orm import Session

from services.directory.accounts.contacts import read_email
from services.directory.accounts.models import Account
from services.directory.accounts.rules import BadEmail, ContactTaken
from services.directory.links.actions import take_link
from services.directory.links.models import OneTimeLink
from services.directory.links.queries import get_link
from services.directory.links.rules import LinkOver, LinkUnknown, Purpose, check_link
from services.directory.links.schemas import LinkForm
from services.directory.pages.site import PagesDep, at_work, go_on, html, session_cookie
from services.directory.pages.strings import STRINGS
from services.directory.signin.actions import begin_session
from services.directory.signin.passwords import hash_password
from services.directory.signin.rules import PasswordTooWeak, check_password
from services.directory.signin.runtime import RuntimeDep
from shared.db import savepoint
from shared.errors import Refusal
from shared.pages.render import Pages, PublicPage
from shared.problems import status_of
from shared.service import Runtime
from shared.text import Language, Text
from shared.web import Now, reads, writes

router = APIRouter()

Secret = Annotated[str, Path(max_length=200)]
Agent = Annotated[str, Header(alias="user-agent")]
FormDep = Annotated[LinkForm, Form()]
NOTHING_SENT = LinkForm()


@dataclass(frozen=True)
class Checked:
    """A form held against its link: the password's hash, or what is wrong with which field."""

    hashed: str
    errors: dict[str, Text]


async def checked(runtime: RuntimeDep, now: Now, secret: Secret, form: FormDep) -> Checked:
    """Check the form and hash the password before the route's own transaction."""
    return await anyio.to_thread.run_sync(_check, runtime, now, secret, form)


@router.get("/{language}/sign-in/{secret}")
@reads
def show_link(tx: Session, pages: PagesDep, language: Language, now: Now, secret: Secret) -> Response:
    """Show what a link does."""
    try:
        link = get_link(tx, secret)
        check_link(now, expires_at=link.expires_at, used_at=link.used_at)
    except (LinkUnknown, LinkOver) as refusal:
        return _refused(pages, language, secret, refusal)
    return _page(tx, pages, language, link, secret)


@router.post("/{language}/sign-in/{secret}")
@writes
def follow_link(
    tx: Session,
    runtime: RuntimeDep,
    pages: PagesDep,
    language: Language,
    now: Now,
    secret: Secret,
    form: FormDep,
    seen: Annotated[Checked, Depends(checked)],
    agent: Agent = "",
) -> Response:
    """Use a link up and sign the browser in."""
    try:
        link = get_link(tx, secret)
        check_link(now, expires_at=link.expires_at, used_at=link.used_at)
        if seen.errors:
            return _page(tx, pages, language, link, secret, form, seen.errors)
        with savepoint(tx):
            account = take_link(tx, link, form, seen.hashed, now)
    except (LinkUnknown, LinkOver) as refusal:
        return _refused(pages, language, secret, refusal)
    except ContactTaken as refusal:
        return _page(tx, pages, language, link, secret, form, {"email": refusal.words()})
    days = runtime.settings.session_days
    cookie = session_cookie(begin_session(tx, account, agent, days, now)[1], days, runtime.settings.address())
    return go_on(at_work(language), cookie)


def _check(runtime: Runtime, now: datetime, secret: str, form: LinkForm) -> Checked:
    with runtime.db.reading() as tx:
        try:
            link = get_link(tx, secret)
            check_link(now, expires_at=link.expires_at, used_at=link.used_at)
        except (LinkUnknown, LinkOver):
            return Checked("", {})  # the route says so
        account = tx.get(Account, link.account_id) if link.account_id else None
    if link.purpose == Purpose.SIGN_IN:
        return Checked("", {})
    errors = _first_run_errors(form) if link.purpose == Purpose.FIRST_RUN else {}
    try:
        contacts = (account.email, account.phone) if account else (form.email,)
        check_password(form.password, *contacts)
    except PasswordTooWeak as refusal:
        errors["password"] = refusal.words()
    return Checked("" if errors else hash_password(form.password), errors)


def _first_run_errors(form: LinkForm) -> dict[str, Text]:
    errors = {}
    if not form.organisation():
        errors["organisation_zh"] = STRINGS["first.organisation_missing"]
    if not form.name():
        errors["name_zh"] = STRINGS["first.name_missing"]
    try:
        read_email(form.email)
    except BadEmail:
        errors["email"] = STRINGS["first.email_wrong"]
    return errors


def _page(
    tx: Session,
    pages: Pages,
    language: Language,
    link: OneTimeLink,
    secret: str,
    form: LinkForm = NOTHING_SENT,
    errors: dict[str, Text] | None = None,
) -> Response:
    account = tx.get(Account, link.account_id) if link.account_id else None
    title = STRINGS[{"sign_in": "link.sign_in", "recovery": "link.recovery"}.get(link.purpose, "first.title")]
    page = PublicPage(language, f"/sign-in/{secret}", title, section="sign-in", indexed=False)
    told = dict.fromkeys(LinkForm.model_fields, Text()) | (errors or {})
    shown = {name: words for name, words in told.items() if words}
    name = account.name.in_(language) if account else ""
    status = 422 if errors else 200
    return html(
        pages, "link.html", page, status=status, purpose=link.purpose, form=form, errors=shown, told=told, name=name
    )


def _refused(pages: Pages, language: Language, secret: str, refusal: Refusal) -> Response:
    page = PublicPage(
        language, f"/sign-in/{secret}", type(refusal).title, refusal.words(), section="sign-in", indexed=False
    )
    return html(pages, "refused.html", page, status=status_of(type(refusal)))
