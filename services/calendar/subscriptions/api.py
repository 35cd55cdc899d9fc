"""Routes of personal feeds: composing them under `/api/calendar/feeds`, reading them under `/calendars/personal/`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from services.calendar.entries.rules import day_of
from services.calendar.feeds.answers import PRIVATE, HeldDep, answer_calendar
from services.calendar.feeds.rules import NoSuchPart
from services.calendar.subscriptions.actions import change_feed, compose_feed, note_fetch, reset_address, revoke_feed
from services.calendar.subscriptions.models import PersonalFeed
from services.calendar.subscriptions.queries import get_feed, list_feeds, make_parts, open_by_token
from services.calendar.subscriptions.schemas import (
    PersonalFeedIn,
    PersonalFeedMade,
    PersonalFeedOut,
    PersonalFeedPatch,
    PersonalQuery,
)
from services.calendar.subscriptions.tokens import address_of
from shared.conditional import etag_of
from shared.editing import DeedOut, history
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/feeds", tags=["feeds"])
reading = APIRouter(prefix="/calendars/personal", tags=["feeds"])

FeedId = Annotated[str, Path(max_length=80)]


def _made(tx: Session, feed: PersonalFeed, token: str, answer: Answer) -> PersonalFeedMade:
    answer.headers["Cache-Control"] = "no-store"
    shown = PersonalFeedOut.model_validate(feed)
    return PersonalFeedMade(**dict(shown), url=address_of(tx.info["address"], token))


@router.get("")
@reads
def list_my_feeds(tx: Session, caller: CallerDep) -> list[PersonalFeedOut]:
    """List the caller's feeds."""
    return [PersonalFeedOut.model_validate(feed) for feed in list_feeds(tx, caller)]


@router.post("", status_code=201)
@writes
def compose(tx: Session, caller: CallerDep, now: Now, body: PersonalFeedIn, answer: Answer) -> PersonalFeedMade:
    """Compose a feed; its address is told in this answer alone."""
    return _made(tx, *compose_feed(tx, caller, body, now), answer)


@router.get("/{feed_id}")
@reads
def get_my_feed(tx: Session, caller: CallerDep, feed_id: FeedId) -> PersonalFeedOut:
    """Show a feed of the caller's."""
    return PersonalFeedOut.model_validate(get_feed(tx, caller, feed_id))


@router.patch("/{feed_id}")
@writes
def change(
    tx: Session, caller: CallerDep, feed_id: FeedId, version: IfMatch, body: PersonalFeedPatch
) -> PersonalFeedOut:
    """Change what a feed shows."""
    return PersonalFeedOut.model_validate(change_feed(tx, caller, feed_id, version, body))


@router.delete("/{feed_id}", status_code=204)
@writes
def revoke(tx: Session, caller: CallerDep, now: Now, feed_id: FeedId) -> None:
    """Revoke a feed: its address answers 410 from now on."""
    revoke_feed(tx, caller, feed_id, now)


@router.post("/{feed_id}/address")
@writes
def reset(tx: Session, caller: CallerDep, feed_id: FeedId, version: IfMatch, answer: Answer) -> PersonalFeedMade:
    """Give a feed a new address, told in this answer alone; the old one ends."""
    return _made(tx, *reset_address(tx, caller, feed_id, version), answer)


@router.get("/{feed_id}/history")
@reads
def read_history(tx: Session, caller: CallerDep, feed_id: FeedId) -> list[DeedOut]:
    """Tell what was done to a feed."""
    return history(tx, get_feed(tx, caller, feed_id).id)


@reading.api_route("/{token}.ics", methods=["GET", "HEAD"])
@writes
def read_personal_feed(
    tx: Session,
    now: Now,
    held: HeldDep,
    token: Annotated[str, Path(max_length=200)],
    query: Annotated[PersonalQuery, Query()],
) -> Response:
    """Give a personal feed to whoever knows its address, as its owner may see it now."""
    feed, owner = open_by_token(tx, token, day_of(now))
    parts = make_parts(tx, feed, owner, now)
    if query.part > len(parts):
        raise NoSuchPart(parts=len(parts))
    note_fetch(feed, held.client, now)
    part = parts[query.part - 1]
    headers = {"Cache-Control": PRIVATE}
    if part.next_url:
        headers["Link"] = f'<{part.next_url}>; rel="next"'
    return answer_calendar(
        held, part.content, etag=etag_of(part.content), modified_at=None, name="my-calendar", headers=headers
    )
