"""Which feeds there are, and their bytes made from what is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from services.calendar.entries.fragment import Fragment
from services.calendar.entries.keys import ALL, TREE, organisation_key, service_key, tags_of
from services.calendar.entries.models import Change, Entry
from services.calendar.entries.queries import (
    PUBLIC,
    Condition,
    Followed,
    changes_under,
    find_topic,
    gives_way,
    keys_of_slugs,
    kinds_of,
    last_day_before,
    load_fragments,
    of_key,
    of_topics,
    revisions_in_topic,
    revisions_of,
)
from services.calendar.entries.rules import KEPT, day_of, midnight_of
from services.calendar.entries.words import KINDS, FeedLanguage, phrase
from services.calendar.feeds.feed import FeedHead, color_of, split_feed
from services.calendar.feeds.rules import NoSuchFeed, Reminders, check_known, read_list, read_reminders
from services.calendar.feeds.schemas import FeedQuery
from services.calendar.feeds.window import modified_at, window
from shared.conditional import etag_of
from shared.shelf import Shelf
from shared.text import Text
from shared.tree import Node

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed of which nothing was ever told last changed."""

SERVICES: dict[str, Text] = {
    "events": Text("学术会议与活动", "Conferences and events"),
    "awards": Text("评选与表彰", "Awards"),
    "talent": Text("人才计划", "Talent programmes"),
    "exchange": Text("国际交流合作", "International exchange"),
    "plans": Text("规划与重点任务", "Plans and milestones"),
}
EVERYTHING = Text("全部日期", "All dates")

FOLLOWED = {
    "series": "series",
    "editions": "edition",
    "programmes": "programme",
    "cycles": "cycle",
    "organisations": "organisation",
}
"""The folders of feeds, and the kinds of topic that they follow."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A public feed: its address under `/calendars/` without the ending, the key of what it shows, its name.

    A `whole` feed forgets nothing of the past.
    """

    path: str
    key: str
    name: Text
    whole: bool = False

    def keys(self) -> tuple[str, ...]:
        """Return the keys whose changes change this feed."""
        return (self.key, TREE) if self.key.startswith(organisation_key("")) else (self.key,)

    def is_of_topic(self) -> bool:
        """Tell whether it shows one topic and nothing below it."""
        return self.key != ALL and not self.key.startswith((service_key(""), organisation_key("")))

    def tags(self) -> str:
        """Return the `Cache-Tag` of what is made from this feed."""
        return tags_of(self.keys())

    def url(self, address: str, query: str = "") -> str:
        """Return the feed's address."""
        return f"{address}/calendars/{self.path}.ics{query}"


@dataclass(frozen=True, slots=True)
class MadePart:
    """One part of a feed with its strong tag; `next_url` is empty for the last."""

    content: bytes
    etag: str
    next_url: str


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """The parts of a feed, and when its bytes last changed."""

    parts: tuple[MadePart, ...]
    modified_at: datetime

    def size(self) -> int:
        """Return how many bytes it takes in memory."""
        return sum(len(part.content) + 500 for part in self.parts)


_Key = tuple[Feed, FeedQuery, tuple[str, ...], date, str]

FEEDS: Shelf[_Key, MadeFeed] = Shelf(64 << 20, MadeFeed.size)
"""By the feed, what was asked of it, the revisions of what it shows, the day, and the address that links go to."""


def find_feed(tx: Session, path: str) -> Feed:
    """Return the feed of an address such as `all`, `events` or `series/wstdf`; raise `NoSuchFeed`."""
    folder, _, slug = path.rpartition("/")
    if path == ALL:
        return Feed(path, ALL, EVERYTHING)
    if not folder and slug in SERVICES and tx.get(Change, service_key(slug)) is not None:
        return Feed(path, service_key(slug), SERVICES[slug])
    if folder == "organisations":
        node = tx.scalars(select(Node).where(Node.slug == slug).order_by(Node.id).limit(1)).first()
        if node:
            return Feed(path, organisation_key(node.id), node.name)
    elif folder in FOLLOWED and (topic := find_topic(tx, FOLLOWED[folder], slug)):
        key, slug, title = topic
        return Feed(f"{folder}/{slug}", key, title, whole=folder in ("editions", "cycles"))
    raise NoSuchFeed(feed=path)


def list_service_feeds(tx: Session, today: date) -> list[Followed]:
    """Return the services that have told public dates, with what is coming of each."""
    coming = and_(PUBLIC, Entry.last_on >= today, Entry.status != "cancelled", not_(gives_way(PUBLIC)))
    counts = select(Entry.service, func.count(), func.min(Entry.first_on)).where(coming).group_by(Entry.service)
    told = {service: (number, next_on) for service, number, next_on in tx.execute(counts)}
    known = set(tx.scalars(select(Change.key).where(Change.key.in_(list(map(service_key, SERVICES))))))
    return [
        Followed(service_key(name), name, title, *told.get(name, (0, None)))
        for name, title in SERVICES.items()
        if service_key(name) in known
    ]


def shown_in(tx: Session, feed: Feed, query: FeedQuery) -> Condition:
    """Make the condition that an entry belongs in the feed as asked for; raise `UnknownFilter`."""
    inside = and_(PUBLIC, of_key(tx, feed.key))
    kinds, tracks, entries = read_list(query.kind), read_list(query.track), read_list(query.entry)
    asked = [inside]
    if kinds:
        check_known("kind", kinds, {*KINDS, *kinds_of(tx, inside)})
        asked.append(Entry.kind.in_(kinds))
    if tracks:
        found = keys_of_slugs(tx, "track", tracks)
        check_known("track", tracks, found)
        asked.append(of_topics(tx, [key for keys in found.values() for key in keys]))
    if entries:  # one that is not there any more is left out: what was once subscribed to goes on
        asked.append(Entry.entry_id.in_(entries))
    if query.bar != "1" and not kinds:
        asked.append(not_(gives_way(inside)))
    return and_(*asked)


def made_feed(tx: Session, feed: Feed, query: FeedQuery, now: datetime) -> MadeFeed:
    """Return the feed's bytes, made at most once for each state and day; raise `UnknownFilter`, `UnknownReminder`."""
    reminders = read_reminders(query.reminders)
    today, asked = day_of(now), query.whole()
    revisions, changed_at = changes_under(tx, feed.keys())
    key = (feed, asked, revisions, today, tx.info["address"])
    return FEEDS.get(key, lambda: _make(tx, feed, asked, reminders, today, changed_at or BEGINNING))


def _make(
    tx: Session, feed: Feed, query: FeedQuery, reminders: Reminders, today: date, changed_at: datetime
) -> MadeFeed:
    fragments = load_fragments(tx, _revisions(tx, feed, query, None if feed.whole else today - KEPT), query.lang)
    shown = window(fragments, today, whole=feed.whole)
    address = tx.info["address"]
    parts = split_feed(
        head_of(feed, query, shown, address),
        shown,
        reminders,
        part_url=lambda number: feed.url(address, query.written(number)),
    )
    moments = [changed_at, modified_at(fragments, today, whole=feed.whole)]
    if not feed.whole and (ended := last_day_before(tx, shown_in(tx, feed, query), today - KEPT)):
        moments.append(midnight_of(ended + KEPT + timedelta(days=1)))
    made = tuple(MadePart(part.content, etag_of(part.content), part.next_url) for part in parts)
    return MadeFeed(made, max(moment for moment in moments if moment))


def _revisions(tx: Session, feed: Feed, query: FeedQuery, since: date | None) -> Sequence[str]:
    if feed.is_of_topic() and not (query.kind or query.track or query.entry or query.bar):
        return revisions_in_topic(tx, feed.key, since)
    return revisions_of(tx, shown_in(tx, feed, query), since)


def head_of(feed: Feed, query: FeedQuery, shown: Sequence[Fragment], address: str) -> FeedHead:
    """Return what stands above the entries of a public feed."""
    return FeedHead(
        name=phrase(feed.name, query.lang),
        language=query.lang,
        color=color_of(feed.key),
        url=feed.url(address, query.written()),
        zone=main_zone(shown),
    )


def main_zone(shown: Sequence[Fragment]) -> str:
    """Return the zone that most entries name, the first by name of several; empty where none does."""
    counts = Counter(map(attrgetter("zone"), shown))
    return min(filter(None, counts), key=lambda zone: (-counts[zone], zone), default="")


def find_entry(tx: Session, entry_id: str, visible: Condition, language: FeedLanguage) -> tuple[Entry, Fragment]:
    """Return an entry that may be seen, with its bytes; raise `NoSuchFeed`."""
    where = and_(Entry.entry_id == entry_id, visible)
    entry = tx.scalar(select(Entry).where(where))
    if entry is None:
        raise NoSuchFeed(feed=entry_id)
    return entry, load_fragments(tx, revisions_of(tx, where), language)[0]
