"""Public feeds and single dates, as calendar programs ask for them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from services.calendar.entries.keys import ALL, tags_of
from services.calendar.entries.queries import visible_to
from services.calendar.entries.words import phrase
from services.calendar.feeds.answers import PRIVATE, PUBLIC, Held, HeldDep, answer_calendar
from services.calendar.feeds.feed import FeedHead, join_feed
from services.calendar.feeds.queries import find_entry, find_feed, made_feed
from services.calendar.feeds.rules import NoSuchPart
from services.calendar.feeds.schemas import FeedQuery, Language
from shared.conditional import etag_of
from shared.web import AnybodyDep, Now, reads

router = APIRouter(prefix="/calendars", tags=["feeds"])

FeedName = Annotated[str, Path(max_length=120)]
Asked = Annotated[FeedQuery, Query()]


@router.api_route("/entries/{entry_id:path}.ics", methods=["GET", "HEAD"])
@reads
def get_entry_file(
    tx: Session,
    caller: AnybodyDep,
    held: HeldDep,
    entry_id: Annotated[str, Path(max_length=400)],
    query: Annotated[Language, Query()],
) -> Response:
    """Give one date to be put into a calendar once (METHOD:PUBLISH)."""
    entry, fragment = find_entry(tx, entry_id, visible_to(tx, caller), query.lang)
    head = FeedHead(
        name=phrase(entry.title, query.lang), language=query.lang, zone=fragment.zone or "", method="PUBLISH"
    )
    content = join_feed(head, [fragment])
    open_to_all = entry.audience_kind == "public"
    return answer_calendar(
        held,
        content,
        etag=etag_of(content),
        modified_at=entry.changed_at,
        name="date",
        headers={"Cache-Control": PUBLIC, "Cache-Tag": tags_of([ALL])} if open_to_all else {"Cache-Control": PRIVATE},
    )


@router.api_route("/{name}.ics", methods=["GET", "HEAD"])
@reads
def get_feed(tx: Session, now: Now, held: HeldDep, name: FeedName, query: Asked) -> Response:
    """Give the feed of everything (`all`), or of all that one service tells, such as `events`."""
    return _answer(tx, now, held, name, query)


@router.api_route("/{folder}/{slug}.ics", methods=["GET", "HEAD"])
@reads
def get_followed_feed(tx: Session, now: Now, held: HeldDep, folder: FeedName, slug: FeedName, query: Asked) -> Response:
    """Give the feed of a series, an edition, or an organisation with all below it."""
    return _answer(tx, now, held, f"{folder}/{slug}", query)


def _answer(tx: Session, now: Now, held: Held, path: str, query: FeedQuery) -> Response:
    feed = find_feed(tx, path)
    made = made_feed(tx, feed, query, now)
    if query.part > len(made.parts):
        raise NoSuchPart(parts=len(made.parts))
    part = made.parts[query.part - 1]
    headers = {"Cache-Control": PUBLIC, "Cache-Tag": feed.tags()}
    if part.next_url:
        headers["Link"] = f'<{part.next_url}>; rel="next"'
    name = path.rpartition("/")[2]
    return answer_calendar(held, part.content, etag=part.etag, modified_at=made.modified_at, name=name, headers=headers)
