"""Personal feeds as their owners see them, and what stands in them now."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy import and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from services.calendar.entries.models import Entry, EntryAccount, EntryTopic, Topic
from services.calendar.entries.queries import Condition, gives_way, load_fragments, of_topics, revisions_of, visible_to
from services.calendar.entries.rules import KEPT, day_of
from services.calendar.entries.words import FeedLanguage
from services.calendar.feeds.feed import FeedHead, Part, color_of, split_feed
from services.calendar.feeds.queries import main_zone
from services.calendar.feeds.rules import read_reminders
from services.calendar.feeds.window import window
from services.calendar.subscriptions.models import HeldGrant, Membership, Person, PersonalFeed
from services.calendar.subscriptions.rules import MOST_TOPICS, FeedRevoked, NoSuchPersonalFeed
from shared.caller import Caller, Grant, Role
from shared.errors import NotFound
from shared.secret import digest_of


def get_feed(tx: Session, caller: Caller, feed_id: str) -> PersonalFeed:
    """Return a feed of the caller's own; raise `NotFound`."""
    feed = tx.get(PersonalFeed, feed_id)
    if feed is None or feed.account_id != caller.account_id:
        raise NotFound()
    return feed


def list_feeds(tx: Session, caller: Caller) -> list[PersonalFeed]:
    """Return the caller's feeds that are not revoked, in the order they were made."""
    mine = select(PersonalFeed).where(PersonalFeed.account_id == caller.account_id, PersonalFeed.revoked_at.is_(None))
    return list(tx.scalars(mine.order_by(PersonalFeed.id)))


def count_feeds(tx: Session, caller: Caller) -> int:
    """Count the caller's feeds that are not revoked."""
    mine = PersonalFeed.account_id == caller.account_id, PersonalFeed.revoked_at.is_(None)
    return tx.scalar(select(func.count()).select_from(PersonalFeed).where(*mine)) or 0


def seen_topics(tx: Session, caller: Caller, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that have a date which the caller may see; an organisation's may be told below it."""
    seen = visible_to(tx, caller)
    direct = (
        select(EntryTopic.key)
        .join(Entry, Entry.entry_id == EntryTopic.entry_id)
        .where(EntryTopic.key.in_(keys), seen)
        .distinct()
    )
    found = set(tx.scalars(direct))
    for key in set(keys) - found:
        if key.startswith("organisation:") and tx.scalar(select(Entry.kind).where(of_topics(tx, [key]), seen).limit(1)):
            found.add(key)
    return found


def seen_entries(tx: Session, caller: Caller, ids: Sequence[str]) -> set[str]:
    """Return those of `ids` that the caller may see."""
    return set(tx.scalars(select(Entry.entry_id).where(Entry.entry_id.in_(ids), visible_to(tx, caller))))


def choosable(tx: Session, caller: Caller, today: date, chosen: Sequence[str]) -> list[tuple[str, list[Topic]]]:
    """Return what the caller can follow, by kind: topics with coming dates, and those that are `chosen` already."""
    coming = (
        select(EntryTopic.key)
        .join(Entry, Entry.entry_id == EntryTopic.entry_id)
        .where(visible_to(tx, caller), Entry.last_on >= today)
    )
    groups: list[tuple[str, list[Topic]]] = []
    for kind in ("series", "edition", "programme", "organisation"):
        of_kind = select(Topic).where(Topic.key.startswith(f"{kind}:"))
        asked = of_kind.where(or_(Topic.key.in_(coming), Topic.key.in_(chosen)))
        groups.append((kind, list(tx.scalars(asked.order_by(Topic.slug, Topic.key).limit(MOST_TOPICS)))))
    listed = {topic.key for _, topics in groups for topic in topics}
    rest = list(tx.scalars(select(Topic).where(Topic.key.in_(set(chosen) - listed)).order_by(Topic.key)))
    return [(kind, topics) for kind, topics in [*groups, ("other", rest)] if topics]


def open_by_token(tx: Session, token: str, today: date) -> tuple[PersonalFeed, Caller]:
    """Return the feed whose address holds `token` and its owner; raise `NoSuchPersonalFeed`, `FeedRevoked`."""
    feed = tx.scalar(select(PersonalFeed).where(PersonalFeed.digest == digest_of(token)))
    if feed is None:
        raise NoSuchPersonalFeed()
    owner = owner_of(tx, feed.account_id, today)
    if feed.revoked_at or owner is None:
        raise FeedRevoked()
    return feed, owner


def owner_of(tx: Session, account_id: str, today: date) -> Caller | None:
    """Return an account as the directory's facts show it today, nothing where it was closed."""
    person = tx.get(Person, account_id)
    if person is not None and person.closed:
        return None
    societies = select(Membership.organisation_id).where(
        Membership.account_id == account_id,
        Membership.from_on <= today,
        or_(Membership.until_on.is_(None), Membership.until_on >= today),
    )
    grants = select(HeldGrant.role, HeldGrant.organisation_id).where(
        HeldGrant.account_id == account_id,
        HeldGrant.from_on <= today,
        or_(HeldGrant.until_on.is_(None), HeldGrant.until_on >= today),
    )
    known = set(Role)
    return Caller(
        account_id=account_id,
        organisation=person.organisation_id if person else None,
        grants=tuple(Grant(Role(role), organisation) for role, organisation in tx.execute(grants) if role in known),
        memberships=frozenset(tx.scalars(societies)),
    )


def shown_to(tx: Session, feed: PersonalFeed, owner: Caller) -> Condition:
    """Make the condition that an entry stands in the feed: chosen by its owner, and to be seen by its owner now."""
    followed = of_topics(tx, feed.topics) if feed.topics else false()
    if feed.kinds:
        followed = and_(followed, Entry.kind.in_(feed.kinds))
    addressed = select(EntryAccount.entry_id).where(EntryAccount.account_id == owner.account_id)
    duties = Entry.entry_id.in_(addressed) if feed.duties else false()
    chosen = Entry.entry_id.in_(feed.entries)
    inside = and_(visible_to(tx, owner), or_(followed, chosen, duties))
    if feed.bar or feed.kinds:
        return inside
    return and_(inside, or_(chosen, not_(gives_way(inside))))


def make_parts(tx: Session, feed: PersonalFeed, owner: Caller, now: datetime) -> list[Part]:
    """Return the feed's bytes as they are now. Nothing in them names the feed's address or its owner."""
    today = day_of(now)
    language = cast(FeedLanguage, feed.language)
    fragments = load_fragments(tx, revisions_of(tx, shown_to(tx, feed, owner), today - KEPT), language)
    shown = window(fragments, today)
    head = FeedHead(name=feed.name, language=language, color=color_of(feed.id), zone=main_zone(shown))
    return split_feed(head, shown, read_reminders(feed.reminders), part_url="?part={}".format)
