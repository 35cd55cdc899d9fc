"""Selects of entries, always narrowed to what may be seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from services.calendar.entries.fragment import Fragment, fragment_of
from services.calendar.entries.keys import ALL, organisation_key
from services.calendar.entries.models import Change, Entry, EntryAccount, EntryFragment, EntryTopic, FormerSlug, Topic
from services.calendar.entries.schemas import EntryQuery, TopicQuery
from services.calendar.entries.words import FEED_LANGUAGES, FeedLanguage
from shared.caller import Caller, Role
from shared.errors import NotYetKnown
from shared.messages.dates import DateEntry
from shared.shelf import Shelf
from shared.text import Text
from shared.tree import Node, below, path_of

Condition = ColumnElement[bool]


@lru_cache(maxsize=2 * len(FEED_LANGUAGES))
def fragments_in(language: FeedLanguage, address: str) -> Shelf[str, Fragment]:
    """Return the fragments, by the entry's revision, in a language and with the address that their links go to."""
    return Shelf(32 << 20, lambda fragment: len(fragment.content) + 400)


PUBLIC: Condition = Entry.audience_kind == "public"

_STAFF = tuple(role for role in Role if role is not Role.MEMBER)
_ORGANISATION = organisation_key("")


def visible_to(tx: Session, caller: Caller | None) -> Condition:
    """Make the condition that the caller (nobody: everybody) may see an entry.

    Members see what is for members of their society, or of any; the people of an organisation are those of it and of
    what lies below it, and its officers; what is for officers or accounts is seen by these alone.
    """
    if caller is None:
        return PUBLIC
    organisation = Entry.audience_organisation
    for_any_member = organisation.is_(None) if caller.memberships else false()
    of_the_people = organisation.in_(_upwards(tx, caller.organisation))
    of_the_officers = below(tx, cast(InstrumentedAttribute[str], organisation), caller.organisations_with(*_STAFF))
    addressed = select(EntryAccount.entry_id).where(EntryAccount.account_id == caller.account_id)
    return or_(
        PUBLIC,
        and_(Entry.audience_kind == "members", or_(organisation.in_(caller.memberships), for_any_member)),
        and_(Entry.audience_kind == "organisation", or_(of_the_people, of_the_officers)),
        and_(Entry.audience_kind == "officers", of_the_officers),
        and_(Entry.audience_kind == "accounts", Entry.entry_id.in_(addressed)),
    )


def under(tx: Session, column: InstrumentedAttribute[str], keys: Iterable[str]) -> Condition:
    """Make the condition that `column` is one of the topic keys, or an organisation below one that they name."""
    wanted = sorted(set(keys))
    organisations = [key.removeprefix(_ORGANISATION) for key in wanted if key.startswith(_ORGANISATION)]
    if not organisations:
        return column.in_(wanted)
    lower = select(literal(_ORGANISATION) + Node.id).where(below(tx, Node.id, organisations))
    return or_(column.in_(wanted), column.in_(lower))


def of_topics(tx: Session, keys: Iterable[str]) -> Condition:
    """Make the condition that an entry belongs to one of the topics; an organisation's are those of all below it, too."""
    return Entry.entry_id.in_(select(EntryTopic.entry_id).where(under(tx, EntryTopic.key, keys)))


def of_key(tx: Session, key: str) -> Condition:
    """Make the condition that an entry stands under `key`: a topic's key, `service:<name>` or `all`."""
    if key == ALL:
        return true()
    if key.startswith("service:"):
        return Entry.service == key.removeprefix("service:")
    return of_topics(tx, [key])


_SLUG = bindparam("slug", type_=String)
_TOPIC = (
    select(Topic.key, Topic.slug, *(Topic.__table__.c[name] for name in ("title_zh", "title_en")))
    .join(Change, Change.key == Topic.key)
    .where(
        or_(Topic.slug == _SLUG, Topic.key.in_(select(FormerSlug.key).where(FormerSlug.slug == _SLUG))),
        Topic.key.startswith(bindparam("kind", type_=String)),
    )
    .order_by((Topic.slug == _SLUG).desc(), Topic.told_at.desc(), Topic.key)
    .limit(1)
)


def find_topic(tx: Session, kind: str, slug: str) -> tuple[str, str, Text] | None:
    """Return the key, slug and title of the public topic of a kind (`series`, …) with this slug, or that had it before."""
    found = tx.connection().execute(_TOPIC, {"slug": slug, "kind": f"{kind}:"}).first()
    return (found[0], found[1], Text(found[2], found[3])) if found else None


def keys_of_slugs(tx: Session, kind: str, slugs: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of public topics of a kind by slug; several things may share one, such as tracks of two editions."""
    statement = (
        select(Topic.slug, Topic.key)
        .join(Change, Change.key == Topic.key)
        .where(Topic.slug.in_(sorted(set(slugs))), Topic.key.startswith(f"{kind}:"))
        .order_by(Topic.key)
    )
    found: dict[str, list[str]] = {}
    for slug, key in tx.execute(statement):
        found.setdefault(slug, []).append(key)
    return found


def kinds_of(tx: Session, where: Condition) -> set[str]:
    """Return the kinds of the entries that `where` admits."""
    return set(tx.scalars(select(Entry.kind).where(where).distinct()))


_OWN_EDITION = func.coalesce(Entry.edition, "")
_SESSIONS = (
    select(EntryTopic.key)
    .join(Entry, Entry.entry_id == EntryTopic.entry_id)
    .where(Entry.kind == "session", Entry.status != "cancelled", EntryTopic.key.startswith("edition:"))
)


def gives_way(inside: Condition) -> Condition:
    """Make the condition that an entry is a bar, and sessions of its edition stand in its place among `inside`.

    The sessions of a forum under an umbrella stand for the umbrella's bar too, but not for another forum's.
    """
    return Entry.bar & _OWN_EDITION.in_(_SESSIONS.where(inside))


def revisions_of(tx: Session, where: Condition, since: date | None = None) -> Sequence[str]:
    """Return the revisions of what `where` admits and has not ended before `since`, in no order."""
    asked = select(Entry.__table__.c.revision).where(where, Entry.last_on >= since if since else true())
    return tx.connection().scalars(asked).all()  # no rows of the session are meant


_TOPIC_KEY = bindparam("key", type_=String)
_IN_TOPIC = and_(PUBLIC, Entry.entry_id.in_(select(EntryTopic.entry_id).where(EntryTopic.key == _TOPIC_KEY)))
_REVISIONS_IN_TOPIC = (
    select(Entry.__table__.c.revision)
    .join_from(EntryTopic, Entry, Entry.entry_id == EntryTopic.entry_id)
    .where(EntryTopic.key == _TOPIC_KEY, PUBLIC, not_(gives_way(_IN_TOPIC)))
    .where(Entry.last_on >= bindparam("since", type_=Date))
)


def revisions_in_topic(tx: Session, key: str, since: date | None = None) -> Sequence[str]:
    """Return the revisions of what is public in a topic, bars that give way left out, as `revisions_of` does.

    Most feeds show just this; making the statement takes as long as asking it, so it is made once.
    """
    return tx.connection().scalars(_REVISIONS_IN_TOPIC, {"key": key, "since": since or date.min}).all()


def load_fragments(tx: Session, revisions: Sequence[str], language: FeedLanguage) -> list[Fragment]:
    """Return the fragments of these revisions, in no order.

    Only what changed since it was last asked for is read. What was rendered while people used another address is
    rendered again.
    """
    address: str = tx.info["address"]
    kept = fragments_in(language, address)
    found = kept.find(revisions)
    missing = [each for each in revisions if each not in found] if len(found) < len(revisions) else []
    for first in range(0, len(missing), 500):
        read = _read(tx, missing[first : first + 500], language, address)
        kept.keep(read)
        found |= read
    return list(found.values())


def last_day_before(tx: Session, where: Condition, day: date) -> date | None:
    """Return the last day of what ended last before `day`, of what `where` admits."""
    return tx.scalar(select(func.max(Entry.last_on)).where(where, Entry.last_on < day))


_CHANGES = select(Change.revision, Change.changed_at).order_by(Change.key)
_CHANGES_OF = _CHANGES.where(Change.key.in_(bindparam("keys", expanding=True)))


def changes_under(tx: Session, keys: Sequence[str]) -> tuple[tuple[str, ...], datetime | None]:
    """Return what tells one public state under `keys` from every other, and the time of its last change."""
    above = any(key.startswith(_ORGANISATION) for key in keys)
    asked = _CHANGES.where(under(tx, Change.key, keys)) if above else _CHANGES_OF
    rows = tx.connection().execute(asked, {} if above else {"keys": keys}).all()
    return tuple(row[0] for row in rows), max((row[1] for row in rows), default=None)


def titles_of(tx: Session, keys: Sequence[str]) -> dict[str, Topic]:
    """Return the topics that are known, by key."""
    return {topic.key: topic for topic in tx.scalars(select(Topic).where(Topic.key.in_(keys)))}


def entries_asked(tx: Session, caller: Caller, query: EntryQuery, today: date) -> Select[Entry]:
    """Select the dates that the caller may see and asks for."""
    asked = [visible_to(tx, caller), Entry.last_on >= (query.since or today)]
    if query.until:
        asked.append(Entry.first_on <= query.until)
    if query.service:
        asked.append(Entry.service == query.service)
    if query.kind:
        asked.append(Entry.kind == query.kind)
    if query.topic:
        asked.append(of_topics(tx, [query.topic]))
    return select(Entry).where(*asked).options(defer(Entry.told))


def topics_asked(tx: Session, caller: Caller, query: TopicQuery) -> Select[Topic]:
    """Select the topics of dates that the caller may see."""
    seen = select(EntryTopic.key).join(Entry, Entry.entry_id == EntryTopic.entry_id).where(visible_to(tx, caller))
    asked = select(Topic).where(Topic.key.in_(seen))
    if query.kind:
        asked = asked.where(Topic.key.startswith(f"{query.kind}:"))
    if query.key:
        asked = asked.where(Topic.key.in_(query.key))
    if query.public:
        asked = asked.where(Topic.key.in_(select(Change.key)))
    if query.q:
        columns = Topic.__table__.c
        sides = [column.icontains(query.q, autoescape=True) for column in (columns.title_zh, columns.title_en)]
        asked = asked.where(or_(*sides))
    return asked


def _stored(language: FeedLanguage) -> Select[Any]:
    told, kept = Entry.__table__.c, EntryFragment.__table__.c
    return (
        select(
            told.revision, kept.address,
            told.entry_id, kept[language], told.starts_at, told.last_on, told.changed_at,
            kept.zone, kept.first_year, kept.last_year, told.all_day, told.status == "cancelled",
        )
        .join_from(Entry.__table__, EntryFragment.__table__, kept.entry_id == told.entry_id)
        .where(told.revision.in_(bindparam("revisions", expanding=True)))
    )  # fmt: skip


_STORED = {language: _stored(language) for language in FEED_LANGUAGES}


def _read(tx: Session, revisions: Sequence[str], language: FeedLanguage, address: str) -> dict[str, Fragment]:
    rows = tx.connection().execute(_STORED[language], {"revisions": revisions})
    read, elsewhere = {}, []
    for revision, rendered_for, *values in rows:
        read[revision] = Fragment(*values)
        if rendered_for != address:
            elsewhere.append(revision)
    asked = select(Entry.revision, Entry.told).where(Entry.revision.in_(elsewhere))
    for revision, told in tx.execute(asked) if elsewhere else ():
        entry = DateEntry.model_validate_json(told)
        read[revision] = fragment_of(entry, language, base_url=address)
    return read


def _upwards(tx: Session, organisation: str | None) -> tuple[str, ...]:
    try:
        return path_of(tx, organisation) if organisation else ()
    except NotYetKnown:  # its own dates it may see all the same
        return (organisation,) if organisation else ()


def on_day(day: date) -> Condition:
    """Make the condition that an entry takes place on `day`, and is known to."""
    whole_month = Entry.all_day & (Entry.status == "tentative")
    return and_(Entry.first_on <= day, Entry.last_on >= day, Entry.status != "cancelled", not_(whole_month))


def list_dates(tx: Session, *where: Condition, limit: int) -> list[Entry]:
    """Return the first entries that `where` admits, in the order they begin."""
    asked = select(Entry).where(*where).order_by(Entry.starts_at, Entry.entry_id).limit(limit)
    return list(tx.scalars(asked.options(defer(Entry.told))))


def count_by_kind(tx: Session, *where: Condition) -> dict[str, int]:
    """Count the entries that `where` admits, by kind, the most frequent first."""
    count = func.count()
    rows = tx.execute(select(Entry.kind, count).where(*where).group_by(Entry.kind).order_by(count.desc(), Entry.kind))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Running:
    """An edition that is on today: its words, its page where it has one, and how many sessions it has today."""

    title: Text
    slug: str
    link: str | None
    place: Text
    sessions: int


def running_on(tx: Session, day: date) -> list[Running]:
    """Return the editions that are on, those with the most sessions that day first."""
    today = and_(PUBLIC, on_day(day))
    bars = {bar.edition: bar for bar in list_dates(tx, today, Entry.kind == "edition", limit=50) if bar.edition}
    sessions = select(Entry.edition, func.count()).where(today, Entry.kind == "session", Entry.edition.is_not(None))
    counts = {key: number for key, number in tx.execute(sessions.group_by(Entry.edition)) if key}
    found = []
    for key, topic in titles_of(tx, sorted(bars.keys() | counts.keys())).items():
        bar = bars.get(key)
        title, place = (bar.title, bar.place) if bar else (topic.title, Text())
        found.append(Running(title, topic.slug, bar.link if bar else None, place, counts.get(key, 0)))
    return sorted(found, key=lambda each: (-each.sessions, each.slug))


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic with how many public dates of it are coming, and the day of the next."""

    key: str
    slug: str
    title: Text
    coming: int
    next_on: date | None


def followed(tx: Session, kind: str, today: date, *, quiet: bool = False, limit: int = 200) -> list[Followed]:
    """Return the public topics of a kind that have coming dates, the next first; with `quiet` also those that have none."""
    coming = and_(PUBLIC, Entry.last_on >= today, Entry.status != "cancelled", not_(gives_way(PUBLIC)))
    counts = {
        key: (number, next_on)
        for key, number, next_on in tx.execute(
            select(EntryTopic.key, func.count(), func.min(Entry.first_on))
            .join(Entry, Entry.entry_id == EntryTopic.entry_id)
            .where(EntryTopic.key.startswith(f"{kind}:"), coming)
            .group_by(EntryTopic.key)
        )
    }
    known = select(Topic).join(Change, Change.key == Topic.key).where(Topic.key.startswith(f"{kind}:"))
    found = [
        Followed(topic.key, topic.slug, topic.title, *counts.get(topic.key, (0, None)))
        for topic in tx.scalars(known if quiet else known.where(Topic.key.in_(counts)))
    ]
    return sorted(found, key=lambda each: (each.next_on or date.max, each.slug))[:limit]
