"""What members do with their feeds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.calendar.feeds.rules import read_reminders
from services.calendar.subscriptions.models import PersonalFeed
from services.calendar.subscriptions.queries import count_feeds, get_feed, seen_entries, seen_topics
from services.calendar.subscriptions.rules import FeedRevoked, check_composed, check_entries, check_room, check_seen
from services.calendar.subscriptions.schemas import PersonalFeedIn, PersonalFeedOut, PersonalFeedPatch
from shared.audit import record
from shared.caller import Caller
from shared.db import in_turn
from shared.editing import apply, given
from shared.errors import check_version
from shared.secret import digest_of, new_secret

FETCHES_NOTED = timedelta(minutes=1)
"""A program that asks more often is noted once in this time."""


def compose_feed(tx: Session, caller: Caller, body: PersonalFeedIn, now: datetime) -> tuple[PersonalFeed, str]:
    """Make a feed; return it with the secret of its address, which is told this once."""
    in_turn(tx, f"feeds:{caller.account_id}")
    check_room(count_feeds(tx, caller))
    token = new_secret()
    feed = PersonalFeed(account_id=caller.account_id, digest=digest_of(token), created_at=now, version=1)
    values = _tidied(body.model_dump())
    _check(tx, caller, values)
    apply(feed, values)
    tx.add(feed)
    tx.flush()
    record(tx, caller, "feed.composed", feed.id, name=feed.name)
    return feed, token


def change_feed(tx: Session, caller: Caller, feed_id: str, version: int, body: PersonalFeedPatch) -> PersonalFeed:
    """Change what a feed shows; its address stays."""
    feed = _held(tx, caller, feed_id)
    check_version(feed.version, version, now=PersonalFeedOut.model_validate(feed))
    values = _tidied(given(body))
    _check(tx, caller, {name: getattr(feed, name) for name in PersonalFeedIn.model_fields} | values)
    if changes := apply(feed, values):
        feed.version += 1
        record(tx, caller, "feed.changed", feed.id, **changes)
    return feed


def add_entries(tx: Session, caller: Caller, feed_id: str, entries: Sequence[str]) -> PersonalFeed:
    """Put chosen dates into a feed, beside those that are in it."""
    feed = _held(tx, caller, feed_id)
    chosen = sorted({*feed.entries, *entries})
    check_entries(chosen)
    return change_feed(tx, caller, feed_id, feed.version, PersonalFeedPatch(entries=chosen))


def reset_address(tx: Session, caller: Caller, feed_id: str, version: int) -> tuple[PersonalFeed, str]:
    """Give a feed another address; the one before is nobody's any more."""
    feed = _held(tx, caller, feed_id)
    check_version(feed.version, version, now=PersonalFeedOut.model_validate(feed))
    token = new_secret()
    feed.digest, feed.version = digest_of(token), feed.version + 1
    feed.fetched_at, feed.client = None, ""
    record(tx, caller, "feed.address_reset", feed.id)
    return feed, token


def revoke_feed(tx: Session, caller: Caller, feed_id: str, now: datetime) -> None:
    """End a feed: whoever asks for it is told that it is gone. Twice is as once."""
    feed = get_feed(tx, caller, feed_id)
    if feed.revoked_at is None:
        feed.revoked_at, feed.version = now, feed.version + 1
        record(tx, caller, "feed.revoked", feed.id)


def note_fetch(feed: PersonalFeed, client: str, now: datetime) -> None:
    """Keep when a feed was last fetched, and by which program."""
    shown = client[:200]
    if feed.fetched_at is None or feed.client != shown or now - feed.fetched_at >= FETCHES_NOTED:
        feed.fetched_at, feed.client = now, shown


def _held(tx: Session, caller: Caller, feed_id: str) -> PersonalFeed:
    feed = get_feed(tx, caller, feed_id)
    if feed.revoked_at:
        raise FeedRevoked()
    return feed


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with every list in order and each item once, so that the same choice is the same feed."""
    return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in values.items()}


def _check(tx: Session, caller: Caller, values: dict[str, Any]) -> None:
    check_composed(values["topics"], values["entries"], duties=values["duties"])
    read_reminders(values["reminders"])
    topics, entries = values["topics"], values["entries"]
    check_seen(topics, seen_topics(tx, caller, topics), entries, seen_entries(tx, caller, entries))
