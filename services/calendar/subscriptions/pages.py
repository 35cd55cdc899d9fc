"""The pages on which members keep their own feeds, without script. A form that was refused is shown again, saying why."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.calendar.entries.models import Entry
from services.calendar.entries.queries import list_dates, titles_of, visible_to
from services.calendar.entries.rules import day_of
from services.calendar.entries.words import KINDS
from services.calendar.pages.site import READERS_OWN, PagesDep, html
from services.calendar.pages.strings import STRINGS
from services.calendar.pages.ways import REMINDERS, InWeChat, ways_to
from services.calendar.subscriptions.actions import (
    add_entries,
    change_feed,
    compose_feed,
    reset_address,
    revoke_feed,
)
from services.calendar.subscriptions.clients import name_of
from services.calendar.subscriptions.models import PersonalFeed
from services.calendar.subscriptions.queries import choosable, get_feed, list_feeds
from services.calendar.subscriptions.rules import MOST_ENTRIES, MOST_TOPICS
from services.calendar.subscriptions.schemas import (
    EntriesForm,
    FeedForm,
    PersonalFeedIn,
    PersonalFeedPatch,
    VersionForm,
)
from services.calendar.subscriptions.tokens import address_of
from shared.caller import Caller
from shared.errors import Conflict, Invalid, Refusal
from shared.pages.render import Pages, PublicPage
from shared.problems import status_of
from shared.text import Language, Text
from shared.web import AnybodyDep, Now, reads, writes

router = APIRouter(prefix="/{language}/calendars/feeds")

HERE = "/calendars/feeds"
FeedId = Annotated[str, Path(max_length=80)]
Keys = Annotated[list[Annotated[str, Query(max_length=400)]], Query(max_length=MOST_TOPICS)]
Ids = Annotated[list[Annotated[str, Query(max_length=400)]], Query(max_length=MOST_ENTRIES)]


async def asked_for(request: Request) -> str:
    """Return what a reader asked for, to come back to after signing in."""
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + (query if request.method == "GET" else "")


WayBack = Annotated[str, Depends(asked_for)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A feed as its owner's list shows it."""

    feed: PersonalFeed
    topics: list[Text]
    kinds: list[Text]
    client: Text


@router.get("")
@reads
def show_my_feeds(tx: Session, pages: PagesDep, language: Language, caller: AnybodyDep, back: WayBack) -> Response:
    """Show the member's feeds."""
    if caller is None:
        return _sign_in(language, back)
    feeds = list_feeds(tx, caller)
    titles = titles_of(tx, sorted({key for feed in feeds for key in feed.topics}))
    shown = [
        Shown(
            feed,
            [titles[key].title for key in feed.topics if key in titles],
            [KINDS.get(kind, Text(kind, kind)) for kind in feed.kinds],
            name_of(feed.client),
        )
        for feed in feeds
    ]
    page = _page(language, caller, HERE, STRINGS["mine.title"])
    return html(pages, "my_feeds.html", page, cache=READERS_OWN, feeds=shown)


@router.get("/new")
@reads
def show_composing(
    tx: Session,
    now: Now,
    pages: PagesDep,
    language: Language,
    caller: AnybodyDep,
    back: WayBack,
    topic: Keys = [],  # noqa: B006
    entry: Ids = [],  # noqa: B006
) -> Response:
    """Show the form for a new feed, with `topic` and `entry` chosen already."""
    if caller is None:
        return _sign_in(language, back)
    known = titles_of(tx, topic)
    name = known[topic[0]].title.in_(language) if len(known) == 1 else STRINGS["compose.own"].in_(language)
    return _compose(tx, pages, language, caller, now, FeedForm(name=name[:80], topics=topic, entries=entry))


@router.post("")
@writes
def take_new(
    tx: Session,
    now: Now,
    pages: PagesDep,
    language: Language,
    caller: AnybodyDep,
    back: WayBack,
    wechat: InWeChat,
    form: Annotated[FeedForm, Form()],
) -> Response:
    """Make a feed and show its address, this once."""
    if caller is None:
        return _sign_in(language, back)
    try:
        feed, token = compose_feed(tx, caller, form.asked(PersonalFeedIn), now)
    except (Invalid, Conflict) as refusal:
        return _compose(tx, pages, language, caller, now, form, refusal=refusal)
    return _made(tx, pages, language, caller, feed, token, wechat=wechat)


@router.get("/{feed_id}")
@reads
def show_changing(
    tx: Session, now: Now, pages: PagesDep, language: Language, caller: AnybodyDep, back: WayBack, feed_id: FeedId
) -> Response:
    """Show the form that changes a feed."""
    if caller is None:
        return _sign_in(language, back)
    feed = get_feed(tx, caller, feed_id)
    return _compose(tx, pages, language, caller, now, FeedForm.model_validate(feed, from_attributes=True), feed=feed)


@router.post("/{feed_id}")
@writes
def take_change(
    tx: Session,
    now: Now,
    pages: PagesDep,
    language: Language,
    caller: AnybodyDep,
    back: WayBack,
    feed_id: FeedId,
    form: Annotated[FeedForm, Form()],
) -> Response:
    """Change a feed."""
    if caller is None:
        return _sign_in(language, back)
    try:
        change_feed(tx, caller, feed_id, form.version, form.asked(PersonalFeedPatch))
    except Invalid as refusal:
        feed = get_feed(tx, caller, feed_id)
        return _compose(tx, pages, language, caller, now, form, feed=feed, refusal=refusal)
    return _go_on(language)


@router.post("/{feed_id}/entries")
@writes
def take_entries(
    tx: Session,
    language: Language,
    caller: AnybodyDep,
    back: WayBack,
    feed_id: FeedId,
    form: Annotated[EntriesForm, Form()],
) -> Response:
    """Put more chosen dates into a feed."""
    if caller is None:
        return _sign_in(language, back)
    add_entries(tx, caller, feed_id, form.entries)
    return _go_on(language)


@router.post("/{feed_id}/address")
@writes
def take_reset(
    tx: Session,
    pages: PagesDep,
    language: Language,
    caller: AnybodyDep,
    back: WayBack,
    wechat: InWeChat,
    feed_id: FeedId,
    form: Annotated[VersionForm, Form()],
) -> Response:
    """Give a feed a new address and show it, this once."""
    if caller is None:
        return _sign_in(language, back)
    feed, token = reset_address(tx, caller, feed_id, form.version)
    return _made(tx, pages, language, caller, feed, token, wechat=wechat)


@router.post("/{feed_id}/revocation")
@writes
def take_revocation(
    tx: Session, now: Now, language: Language, caller: AnybodyDep, back: WayBack, feed_id: FeedId
) -> Response:
    """End a feed."""
    if caller is None:
        return _sign_in(language, back)
    revoke_feed(tx, caller, feed_id, now)
    return _go_on(language)


def _compose(
    tx: Session,
    pages: Pages,
    language: Language,
    caller: Caller,
    now: Now,
    form: FeedForm,
    *,
    feed: PersonalFeed | None = None,
    refusal: Refusal | None = None,
) -> Response:
    groups = choosable(tx, caller, day_of(now), form.topics)
    chosen = Entry.entry_id.in_(form.entries)
    return html(
        pages,
        "compose.html",
        _page(
            language,
            caller,
            f"{HERE}/{feed.id if feed else 'new'}",
            STRINGS["compose.change" if feed else "compose.new"],
        ),
        cache=READERS_OWN,
        status=status_of(type(refusal)) if refusal else 200,
        form=form,
        feed=feed,
        groups=groups,
        entries=list_dates(tx, chosen, visible_to(tx, caller), limit=MOST_ENTRIES),
        others=[] if feed or not form.entries else list_feeds(tx, caller),
        kinds=KINDS,
        offered=REMINDERS[1:],
        reminders=[*REMINDERS, *({form.reminders} - set(REMINDERS))],
        refusal=(type(refusal).title, refusal.words()) if refusal else None,
    )


def _made(
    tx: Session, pages: Pages, language: Language, caller: Caller, feed: PersonalFeed, token: str, *, wechat: bool
) -> Response:
    ways = ways_to(address_of(tx.info["address"], token), feed.name)
    page = _page(language, caller, HERE, STRINGS["made.title"])
    return html(pages, "made.html", page, cache=READERS_OWN, feed=feed, ways=ways, wechat=wechat)


def _page(language: Language, caller: Caller, path: str, title: Text) -> PublicPage:
    return PublicPage(language, path, title, section="mine", indexed=False, viewer=caller.name.in_(language) or "…")


def _sign_in(language: Language, back: str) -> Response:
    way = f"/{language}/sign-in?next={quote(back, safe='/')}"
    return RedirectResponse(way, 303, {"Cache-Control": READERS_OWN})


def _go_on(language: Language) -> Response:
    return RedirectResponse(f"/{language}{HERE}", 303, {"Cache-Control": READERS_OWN})
