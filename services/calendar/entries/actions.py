"""Keeping entries true to what their owners say, and saying which answers that makes out of date."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from services.calendar.entries.fragment import fragment_of
from services.calendar.entries.keys import ALL, PAGES_TAG, TREE, keys_of, organisation_key, service_key, tag_of
from services.calendar.entries.models import Change, Entry, EntryAccount, EntryFragment, EntryTopic, FormerSlug, Topic
from services.calendar.entries.rules import KEPT, day_of, midnight_of
from services.calendar.entries.words import FEED_LANGUAGES
from shared.db import new_id
from shared.errors import NotYetKnown
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages.calendar import CalendarViewChanged
from shared.messages.dates import DateEntry
from shared.text import Text
from shared.tree import path_of

DAY_JOB = "day"


def put_entry(tx: Session, told: DateEntry, service: str) -> None:
    """Keep what the owner says of a date, unless something newer is known; call back the public answers it stands in."""
    with tx.no_autoflush:
        entry = tx.get(Entry, told.entry_id)
        before: set[str] = set()
        rendered = _render(told, tx.info["address"])
        if entry is None:
            entry = Entry(entry_id=told.entry_id)
            tx.add_all((entry, EntryFragment(entry_id=told.entry_id, **rendered)))
            _put_relations(tx, told, None)
        elif entry.newness() >= (told.version, told.sequence, told.changed_at):
            return
        else:
            old = DateEntry.model_validate_json(entry.told)
            if entry.audience_kind == "public":
                before = keys_of(old, entry.service)
            _put_relations(tx, told, old)
            tx.flush()  # it may have come in this very transaction
            tx.execute(update(EntryFragment).where(EntryFragment.entry_id == told.entry_id), rendered)
        _fill(entry, told, service)
        _name_topics(tx, told)
    after = keys_of(told, service) if told.audience.kind == "public" else set()
    call_back(tx, before | after, told.changed_at)
    _await_midnight(tx)


def call_back(tx: Session, keys: set[str], changed_at: datetime) -> None:
    """Note a public change under `keys`, and say that answers made from what stands there are out of date."""
    revised: dict[str, Change] = tx.info.setdefault("revised", {})
    _at_hand = tx.scalars(select(Change).where(Change.key.in_(keys - revised.keys()))).all()
    for key in sorted(keys):
        row = revised.get(key)
        if row is None or row not in tx:  # readers see whole transactions: one revision in each is enough
            row = tx.get(Change, key) or Change(key=key, changed_at=changed_at)
            row.revision = new_id()
            tx.add(row)
            revised[key] = row
        row.changed_at = max(row.changed_at, changed_at)
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


def put_topic(tx: Session, key: str, slug: str, title: Text, *, told_at: datetime, told_by: str) -> None:
    """Keep how a topic is called, unless something newer is known; its earlier slugs lead on to it."""
    known: dict[str, Topic] = tx.info.setdefault("topics", {})
    row = known.get(key)
    if row is None or row not in tx:
        row = tx.get(Topic, key) or Topic(key=key, slug=slug, told_at=told_at, told_by="")
        tx.add(row)
        known[key] = row
    if (row.told_at, row.told_by) <= (told_at, told_by):
        if row.slug != slug and tx.get(FormerSlug, (row.slug, key)) is None:
            tx.add(FormerSlug(slug=row.slug, key=key))
        row.slug, row.title, row.told_at, row.told_by = slug, title, told_at, told_by


def forget_topic(tx: Session, key: str) -> None:
    """Forget a topic that is no more, unless entries belong to it."""
    if tx.scalar(select(EntryTopic.entry_id).where(EntryTopic.key == key).limit(1)) is None:
        announce(tx, {key})
        for table in (Topic, Change, FormerSlug):
            tx.execute(delete(table).where(table.key == key))


def touch_tree(tx: Session, organisation: str, changed_at: datetime, *, opened: bool) -> None:
    """Note that the organisation tree changed; an organisation that opens changes nothing unless entries name it."""
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
    enqueue(tx, DAY_JOB, following.isoformat(), due_at=midnight_of(following), since=following.isoformat())


def _fill(entry: Entry, told: DateEntry, service: str) -> None:
    entry.revision = new_id()
    entry.service, entry.kind, entry.status = service, told.kind, told.status
    entry.version, entry.sequence, entry.changed_at = told.version, told.sequence, told.changed_at
    entry.starts_at, entry.ends_at = told.times()
    entry.first_on, entry.last_on = told.days()
    entry.all_day, entry.bar, entry.zone = told.all_day, told.bar, told.zone
    entry.edition = next((topic.key for topic in told.topics if topic.key.startswith("edition:")), None)
    entry.title, entry.place, entry.link = told.title, told.place, told.link
    entry.audience_kind, entry.audience_organisation = told.audience.kind, told.audience.organisation_id
    entry.told = told.model_dump_json()


def _render(told: DateEntry, address: str) -> dict[str, Any]:
    """Return the columns of the entry's bytes."""
    made = {language: fragment_of(told, language, base_url=address) for language in FEED_LANGUAGES}
    last = made[FEED_LANGUAGES[-1]]
    years = {"zone": last.zone, "first_year": last.first_year, "last_year": last.last_year}
    return {language: each.content for language, each in made.items()} | years | {"address": address}


def _put_relations(tx: Session, told: DateEntry, old: DateEntry | None) -> None:
    """Make the entry's topics and accounts those that are told, where they were those that were told before."""
    topics, accounts = ({topic.key for topic in old.topics}, _accounts_of(old)) if old else (set(), set())
    wanted = {topic.key for topic in told.topics}
    tx.add_all(EntryTopic(entry_id=told.entry_id, key=key) for key in sorted(wanted - topics))
    if gone := topics - wanted:
        tx.execute(delete(EntryTopic).where(EntryTopic.entry_id == told.entry_id, EntryTopic.key.in_(gone)))
    named = _accounts_of(told)
    tx.add_all(EntryAccount(entry_id=told.entry_id, account_id=account) for account in sorted(named - accounts))
    if gone := accounts - named:
        tx.execute(
            delete(EntryAccount).where(EntryAccount.entry_id == told.entry_id, EntryAccount.account_id.in_(gone))
        )


def _accounts_of(told: DateEntry) -> set[str]:
    return set(told.audience.account_ids) if told.audience.kind == "accounts" else set()


def _name_topics(tx: Session, told: DateEntry) -> None:
    known = tx.info.setdefault("topics", {})
    _at_hand = tx.scalars(select(Topic).where(Topic.key.in_([t.key for t in told.topics if t.key not in known]))).all()
    for topic in told.topics:
        put_topic(tx, topic.key, topic.slug, topic.title, told_at=told.changed_at, told_by=told.entry_id)
