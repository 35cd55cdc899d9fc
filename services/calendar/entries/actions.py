"""Keeping entries true to what their owners say, and saying which answers that makes out of date."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from services.calendar.entries.fragment import fragment_of
from services.calendar.entries.keys import ALL, PAGES_TAG, TREE, keys_of, organisation_key, service_key, tag_of
from services.calendar.entries.models import Change, Entry, EntryAccount, EntryFragment, EntryTopic, Topic
from services.calendar.entries.rules import KEPT, day_of, midnight_of
from services.calendar.entries.words import FEED_LANGUAGES
from shared.db import new_id
from shared.errors import NotYetKnown
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages.calendar import CalendarViewChanged
from shared.messages.dates import DateEntry
from shared.tree import path_of

DAY_JOB = "day"


def put_entry(tx: Session, told: DateEntry, service: str) -> None:
    """Keep what the owner says of a date, unless something newer is known; call back the public answers it stands in."""
    entry = tx.get(Entry, told.entry_id)
    if entry is not None and entry.newness() >= (told.version, told.sequence, told.changed_at):
        return
    before: set[str] = set()
    if entry is None:
        entry = Entry(entry_id=told.entry_id)
        tx.add(entry)
    elif entry.audience_kind == "public":
        before = keys_of(DateEntry.model_validate_json(entry.told), entry.service)
    _fill(entry, told, service)
    _put_topics(tx, told)
    _put_accounts(tx, told)
    _put_fragments(tx, told)
    after = keys_of(told, service) if told.audience.kind == "public" else set()
    call_back(tx, before | after, told.changed_at)
    _await_midnight(tx)


def call_back(tx: Session, keys: Iterable[str], changed_at: datetime) -> None:
    """Note a public change under `keys`, and say once per transaction that answers made from them are out of date."""
    changed = set(keys)
    for key in sorted(changed):
        row = tx.get(Change, key)
        if row is None:
            tx.add(Change(key=key, revision=new_id(), changed_at=changed_at))
        else:
            row.revision, row.changed_at = new_id(), max(row.changed_at, changed_at)
    if changed:
        announce(tx, changed)


def announce(tx: Session, keys: set[str]) -> None:
    """Say that pages, and answers made from what stands under `keys`, are out of date, once per transaction and tag.

    What stands under an organisation stands in the feeds of those above it, too.
    """
    above = {organisation_key(each) for key in keys for each in _path(tx, key)}
    tags = {PAGES_TAG, *map(tag_of, keys | above)}
    said: set[str] = tx.info.setdefault("announced", set())
    if new := tags - said:
        emit(tx, CalendarViewChanged(view="calendar", tags=tuple(sorted(new))))
        said |= new


def _path(tx: Session, key: str) -> tuple[str, ...]:
    kind, _, organisation = key.partition(":")
    try:
        return path_of(tx, organisation) if kind == "organisation" else ()
    except NotYetKnown:  # it calls the feeds above it back when it opens
        return ()


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
    entry.service, entry.kind, entry.status = service, told.kind, told.status
    entry.version, entry.sequence, entry.changed_at = told.version, told.sequence, told.changed_at
    entry.starts_at, entry.ends_at = told.times()
    entry.first_on, entry.last_on = told.days()
    entry.all_day, entry.bar, entry.zone = told.all_day, told.bar, told.zone
    entry.title, entry.place, entry.link = told.title, told.place, told.link
    entry.audience_kind, entry.audience_organisation = told.audience.kind, told.audience.organisation_id
    entry.told = told.model_dump_json()


def _put_topics(tx: Session, told: DateEntry) -> None:
    wanted = {topic.key: topic for topic in told.topics}
    there = set(tx.scalars(select(EntryTopic.key).where(EntryTopic.entry_id == told.entry_id)))
    if gone := there - wanted.keys():
        tx.execute(delete(EntryTopic).where(EntryTopic.entry_id == told.entry_id, EntryTopic.key.in_(gone)))
    if new := wanted.keys() - there:
        tx.execute(insert(EntryTopic), [{"entry_id": told.entry_id, "key": key} for key in sorted(new)])
    for key, topic in wanted.items():
        row = tx.get(Topic, key)
        if row is None:
            row = Topic(key=key)
            tx.add(row)
        elif (row.told_at, row.told_by) >= (told.changed_at, told.entry_id):
            continue
        row.slug, row.title, row.told_at, row.told_by = topic.slug, topic.title, told.changed_at, told.entry_id


def _put_accounts(tx: Session, told: DateEntry) -> None:
    wanted = set(told.audience.account_ids) if told.audience.kind == "accounts" else set()
    there = set(tx.scalars(select(EntryAccount.account_id).where(EntryAccount.entry_id == told.entry_id)))
    if wanted != there:
        tx.execute(delete(EntryAccount).where(EntryAccount.entry_id == told.entry_id))
        if wanted:
            rows = [{"entry_id": told.entry_id, "account_id": account} for account in sorted(wanted)]
            tx.execute(insert(EntryAccount), rows)


def _put_fragments(tx: Session, told: DateEntry) -> None:
    address = tx.info["address"]
    for language in FEED_LANGUAGES:
        made = fragment_of(told, language, base_url=address)
        row = tx.get(EntryFragment, (told.entry_id, language))
        if row is None:
            row = EntryFragment(entry_id=told.entry_id, language=language)
            tx.add(row)
        row.address, row.zone, row.content = address, made.zone, made.content
        row.first_year, row.last_year = made.first_year, made.last_year
