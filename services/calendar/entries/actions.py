"""Keeping entries true to what their owners say, and saying which answers that makes out of date."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, insert, or_, select
from sqlalchemy.orm import Session

from services.calendar.base import Base
from services.calendar.entries.fragment import fragments_of
from services.calendar.entries.keys import ALL, PAGES_TAG, TREE, keys_of, organisation_key, service_key, tag_of
from services.calendar.entries.models import Change, Entry, EntryAccount, EntryTopic, FormerSlug, Topic
from services.calendar.entries.rules import KEPT, day_of, midnight_of
from services.calendar.entries.words import FEED_LANGUAGES
from shared.db import new_id, waiting_for, write_late, write_now
from shared.errors import NotYetKnown
from shared.jobs import Work, ensure
from shared.ledger import emit
from shared.messages.calendar import CalendarViewChanged
from shared.messages.dates import DateEntry
from shared.projecting import project_in_turn, put
from shared.text import Text
from shared.tree import path_of

DAY_JOB = "day"

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_ENTRIES, _FRAGMENTS, _TOPICS, _CHANGES = (
    Base.metadata.tables[name] for name in ("entries", "fragments", "topics", "changes")
)
_KNOWN = (
    select(_ENTRIES.c.entry_id, _ENTRIES.c.service, _ENTRIES.c.told)
    .where(_ENTRIES.c.entry_id.in_(_KEYS))
    .order_by(_ENTRIES.c.entry_id)
    .with_for_update()
)
_TOPICS_KNOWN = (
    select(_TOPICS.c.key, _TOPICS.c.slug, _TOPICS.c.told_at, _TOPICS.c.told_by)
    .where(_TOPICS.c.key.in_(_KEYS))
    .order_by(_TOPICS.c.key)
    .with_for_update()
)
_LAST_CHANGE = (
    select(_CHANGES.c.key, _CHANGES.c.changed_at)
    .where(_CHANGES.c.key.in_(_KEYS))
    .order_by(_CHANGES.c.key)
    .with_for_update()
)
_PUT_ENTRY, _PUT_FRAGMENT, _PUT_TOPIC, _PUT_CHANGE = (put(each) for each in (_ENTRIES, _FRAGMENTS, _TOPICS, _CHANGES))
_RELATE = {kind: insert(Base.metadata.tables[kind.__tablename__]) for kind in (EntryTopic, EntryAccount)}


def read_entries(tx: Session, entries: Iterable[str]) -> None:
    """Read what is known of these entries, for `put_entry` in the same transaction; none of others is held any longer."""
    project_in_turn(tx)
    write_now(tx)
    held: dict[str, tuple[DateEntry, str] | None] = dict.fromkeys(entries)
    for entry_id, service, told in tx.connection().execute(_KNOWN, {"keys": sorted(held)}):
        held[entry_id] = DateEntry.model_validate_json(told), service
    tx.info["entries"] = held


def put_entry(tx: Session, told: DateEntry, service: str) -> None:
    """Keep what the owner says of a date, unless something newer is known; call back the public answers it stands in."""
    if told.entry_id not in tx.info.get("entries", ()):
        read_entries(tx, [told.entry_id])
    held = tx.info["entries"]
    old, before = None, set[str]()
    if known := held[told.entry_id]:
        old, teller = known
        if _newness(old) >= _newness(told):
            return
        before = keys_of(old, teller) if old.audience.kind == "public" else before
    held[told.entry_id] = told, service
    write_late(tx, _PUT_ENTRY, [{"entry_id": told.entry_id, **_columns(told, service)}])
    write_late(tx, _PUT_FRAGMENT, [{"entry_id": told.entry_id, **_render(told, tx.info["address"])}])
    _put_relations(tx, told, old)
    put_topics(
        tx, [(each.key, each.slug, each.title) for each in told.topics], told_at=told.changed_at, told_by=told.entry_id
    )
    after = keys_of(told, service) if told.audience.kind == "public" else set()
    call_back(tx, before | after, told.changed_at)
    _await_midnight(tx)


def call_back(tx: Session, keys: set[str], changed_at: datetime) -> None:
    """Note a public change under `keys`, and say that answers made from what stands there are out of date."""
    project_in_turn(tx)
    revised: dict[str, datetime] = tx.info.setdefault("revised", {})
    # Readers see whole transactions: one revision in each is enough.
    due = sorted(key for key in keys if key not in revised or revised[key] < changed_at)
    unread = [key for key in due if key not in revised]
    last = dict(tx.connection().execute(_LAST_CHANGE, {"keys": unread}).all()) if unread else {}
    for key in due:
        revised[key] = max(changed_at, last.get(key, changed_at))
    rows = {key: {"key": key, "revision": new_id(), "changed_at": revised[key]} for key in due}
    for waiting in waiting_for(tx, _PUT_CHANGE):
        if row := rows.pop(waiting["key"], None):
            waiting.update(row)
    write_late(tx, _PUT_CHANGE, list(rows.values()))
    if keys:
        announce(tx, keys)


def announce(tx: Session, keys: set[str]) -> None:
    """Say that pages, and answers made from what stands under `keys`, are out of date: once per transaction.

    What stands under an organisation stands in the feeds of those above it, too.
    """
    said: set[str] = tx.info.setdefault("announced", set())
    if new := keys - said:
        above = {organisation_key(each) for key in new for each in _path(tx, key)}
        emit(tx, CalendarViewChanged(view="calendar", tags=tuple(sorted({PAGES_TAG, *map(tag_of, new | above)}))))
        said |= new


def _path(tx: Session, key: str) -> tuple[str, ...]:
    kind, _, organisation = key.partition(":")
    try:
        return path_of(tx, organisation) if kind == "organisation" else ()
    except NotYetKnown:  # it calls the feeds above it back when it opens
        return ()


def put_topics(tx: Session, named: Iterable[tuple[str, str, Text]], *, told_at: datetime, told_by: str) -> None:
    """Keep how topics (key, slug, title) are called, unless something newer is known; earlier slugs lead on to them."""
    project_in_turn(tx)
    named = list(named)
    known: dict[str, tuple[str, datetime, str]] = tx.info.setdefault("topics", {})
    if unknown := [key for key, _, _ in named if key not in known]:
        rows_known = tx.connection().execute(_TOPICS_KNOWN, {"keys": unknown})
        known |= {key: (slug, at, by) for key, slug, at, by in rows_known}
    rows = list[dict[str, Any]]()
    for key, slug, title in named:
        was, at, by = known.get(key, (slug, told_at, ""))
        if (at, by) <= (told_at, told_by):
            if was != slug and tx.get(FormerSlug, (was, key)) is None:
                tx.add(FormerSlug(slug=was, key=key))
            row = {"key": key, "slug": slug, "title_zh": title.zh, "title_en": title.en}
            rows.append(row | {"told_at": told_at, "told_by": told_by})
            known[key] = slug, told_at, told_by
    write_late(tx, _PUT_TOPIC, rows)


def forget_topic(tx: Session, key: str) -> None:
    """Forget a topic that is no more, unless entries belong to it."""
    project_in_turn(tx)
    write_now(tx)
    if tx.scalar(select(EntryTopic.entry_id).where(EntryTopic.key == key).limit(1)) is None:
        announce(tx, {key})
        for table in (Topic, Change, FormerSlug):
            tx.execute(delete(table).where(table.key == key))
        for kept in ("topics", "revised"):
            tx.info.get(kept, {}).pop(key, None)


def touch_tree(tx: Session, organisation: str, changed_at: datetime, *, opened: bool) -> None:
    """Note that the organisation tree changed; an organisation that opens changes nothing unless entries name it."""
    write_now(tx)
    known = tx.get(Change, organisation_key(organisation)) is not None
    if known or not opened:
        call_back(tx, {TREE}, changed_at)


def turn_day(work: Work) -> None:
    """Call back what changes by the date alone: pages, and feeds that leave an entry out from today on."""
    since, today = date.fromisoformat(work.payload["since"]), day_of(work.db.clock())
    first, last = since - KEPT - timedelta(days=1), today - KEPT - timedelta(days=1)
    called_off = Entry.changed_at.between(midnight_of(first), midnight_of(last + timedelta(days=1)))
    over = or_(Entry.last_on.between(first, last), and_(Entry.status == "cancelled", called_off))
    with work.db.transaction() as tx:
        leaving = select(Entry.entry_id).where(over)
        keys = set(tx.scalars(select(EntryTopic.key).where(EntryTopic.entry_id.in_(leaving)).distinct()))
        services = tx.scalars(select(Entry.service).where(Entry.entry_id.in_(leaving)).distinct())
        keys |= {ALL, *map(service_key, services)}
        announce(tx, keys)
        _await_midnight(tx)


def _await_midnight(tx: Session) -> None:
    """See to it that a job is due when the feeds' day ends."""
    if tx.info.get("midnight_awaited"):
        return
    tx.info["midnight_awaited"] = True
    today = day_of(tx.info["clock"]())
    following = today + timedelta(days=1)
    ensure(tx, DAY_JOB, following.isoformat(), due_at=midnight_of(following), since=following.isoformat())


def _newness(entry: DateEntry) -> tuple[int, int, datetime]:
    """Return what grows with every change that the owner makes."""
    return entry.version, entry.sequence, entry.changed_at


def _columns(told: DateEntry, service: str) -> dict[str, Any]:
    """Return the columns of the entry itself."""
    starts_at, ends_at = told.times()
    first_on, last_on = told.days()
    return {
        "revision": new_id(), "service": service, "kind": told.kind, "status": told.status,
        "version": told.version, "sequence": told.sequence, "changed_at": told.changed_at,
        "starts_at": starts_at, "ends_at": ends_at, "first_on": first_on, "last_on": last_on,
        "all_day": told.all_day, "bar": told.bar, "zone": told.zone,
        "edition": next((topic.key for topic in told.topics if topic.key.startswith("edition:")), None),
        "title_zh": told.title.zh, "title_en": told.title.en, "place_zh": told.place.zh, "place_en": told.place.en,
        "link": told.link, "audience_kind": told.audience.kind, "audience_organisation": told.audience.organisation_id,
        "told": told.model_dump_json(),
    }  # fmt: skip


def _render(told: DateEntry, address: str) -> dict[str, Any]:
    """Return the columns of the entry's bytes."""
    made = fragments_of(told, base_url=address)
    last = made[FEED_LANGUAGES[-1]]
    years = {"zone": last.zone, "first_year": last.first_year, "last_year": last.last_year}
    return {language: each.content for language, each in made.items()} | years | {"address": address}


def _put_relations(tx: Session, told: DateEntry, old: DateEntry | None) -> None:
    """Make the entry's topics and accounts those that are told, where they were those that were told before."""
    for kind, column, of in ((EntryTopic, "key", _topics_of), (EntryAccount, "account_id", _accounts_of)):
        were, are = of(old) if old else set(), of(told)
        write_late(tx, _RELATE[kind], [{"entry_id": told.entry_id, column: each} for each in sorted(are - were)])
        if gone := were - are:
            write_now(tx)
            tx.execute(delete(kind).where(kind.entry_id == told.entry_id, getattr(kind, column).in_(gone)))


def _topics_of(entry: DateEntry) -> set[str]:
    return {topic.key for topic in entry.topics}


def _accounts_of(told: DateEntry) -> set[str]:
    return set(told.audience.account_ids) if told.audience.kind == "accounts" else set()
