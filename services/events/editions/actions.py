"""What is done with editions: opened, changed, taken from state to state, postponed, called off, approved, removed.

Whatever changes a public edition tells calendars its dates again, in the same transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.events.editions import dates, queries, rules, schemas
from services.events.editions.models import (
    SOME_DAY,
    Edition,
    EditionApproval,
    EditionOrganisation,
    EditionSlug,
    EditionUmbrella,
    KeyDate,
    ToldDate,
)
from services.events.editions.rules import Deed
from services.events.series.actions import RETELL
from services.events.series.queries import need_series
from services.events.series.rules import THEME_PERIODS
from shared.audit import record
from shared.caller import Caller
from shared.db import HELD, hold, in_turn
from shared.editing import apply, given
from shared.errors import SlugTaken, check_version
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages import events as facts
from shared.messages.dates import DateEntry
from shared.telling import tell
from shared.text import Text
from shared.times import check_one_span, check_planned
from shared.tree import path_of

TELL_SESSIONS = "tell_sessions"
"""The job that tells the dates of an edition's released sessions; it is done by the releases, above this feature."""

TURN = "turn_edition"
"""The job that is due at each midnight by which public answers about an edition change."""


def open_edition(tx: Session, caller: Caller, body: schemas.EditionIn) -> Edition:
    """Open an edition of a series; raise `Forbidden`, `SlugTaken`, `UnknownSeries`."""
    series = need_series(tx, body.series_id)
    owner_id = body.owner_id or series.owner_id
    rules.may_open(caller, path_of(tx, owner_id))
    _check_slug(tx, body.slug)
    values: dict[str, Any] = {"has_programme": series.kind not in THEME_PERIODS, "zone": body.zone}
    values |= given(body) | {"owner_id": owner_id}
    organisations = values.pop("organisations", [])
    _settle_days(values, None)
    edition = Edition(**values)
    tx.add(edition)
    tx.flush()
    put_organisations(tx, edition, organisations)
    record(tx, caller, "edition.opened", edition.id, slug=edition.slug, series=series.slug, owner=owner_id)
    emit(tx, facts.EditionOpened(edition_id=edition.id, edition=queries.state_of(tx, edition)))
    return edition


def change_edition(
    tx: Session, caller: Caller, now: datetime, ref: str, version: int, body: schemas.EditionPatch
) -> Edition:
    """Change what was sent; raise `PreconditionFailed` for a stale version, `ApprovalMissing` where one is asked for."""
    edition = get_to_edit(tx, caller, ref, version)
    values = given(body)
    if edition.state in rules.PUBLIC or "requires_approval" in values:
        need_approval(tx, caller, edition, Deed.CHANGE, body.model_dump(mode="json", exclude_unset=True))
    old_slug, before = edition.slug, queries.tags_of(tx, edition)
    if values.get("slug", old_slug) != old_slug:
        _check_slug(tx, values["slug"], edition.id)
    organisations = values.pop("organisations", None)
    _settle_days(values, edition)
    changes = apply(edition, values)
    if organisations is not None and put_organisations(tx, edition, organisations):
        changes["organisations"] = organisations
    if "slug" in changes:
        tx.execute(delete(EditionSlug).where(EditionSlug.slug == edition.slug))
        tx.add(EditionSlug(slug=old_slug, edition_id=edition.id))
    if changes:
        changed(tx, caller, now, edition, "edition.changed", changes, facts.EditionChanged, before)
    if {"name", "slug"} & changes.keys():
        retell_below(tx, edition)
    return edition


def remove_edition(tx: Session, caller: Caller, ref: str, version: int) -> None:
    """Remove an edition that was never public; raise `WasPublic`."""
    edition = get_to_edit(tx, caller, ref, version)
    if edition.published_at is not None:
        raise rules.WasPublic()
    record(tx, caller, "edition.removed", edition.id, slug=edition.slug)
    emit(tx, facts.EditionRemoved(edition_id=edition.id, slug=edition.slug))
    tx.execute(delete(EditionUmbrella).where(EditionUmbrella.umbrella_edition_id == edition.id))
    tx.delete(edition)
    tx.flush()


def take_step(
    tx: Session,
    caller: Caller,
    now: datetime,
    ref: str,
    version: int,
    deed: Deed,
    figures: Mapping[str, int] | None = None,
) -> Edition:
    """Take an edition from one state to another; raise `NoSuchStep`, `DatesMissing`, `ApprovalMissing`.

    `figures` are told where the edition closes.
    """
    edition = get_to_edit(tx, caller, ref, version)
    state = rules.next_state(deed, edition.state, edition.standing)
    public_before = edition.state in rules.PUBLIC
    if deed is Deed.PUBLISH:
        if edition.starts_on is None:
            raise rules.DatesMissing()
        need_approval(tx, caller, edition, deed, {})
        edition.published_at = edition.published_at or now
    changes = apply(edition, {"state": state.value})
    kind: type[facts.EditionFact] = facts.EditionPublished if deed is Deed.PUBLISH else facts.EditionChanged
    changed(tx, caller, now, edition, f"edition.{deed}", changes, kind)
    if deed is Deed.CLOSE:
        said = queries.state_of(tx, edition)
        emit(tx, facts.EditionClosed(edition_id=edition.id, edition=said, figures=dict(figures or {})))
    if not public_before and state in rules.PUBLIC:
        retell_below(tx, edition)
    return edition


_STANDING_FACTS: Mapping[Deed, type[facts.EditionFact]] = {
    Deed.POSTPONE: facts.EditionPostponed,
    Deed.CANCEL: facts.EditionCancelled,
    Deed.RESUME: facts.EditionResumed,
}


def put_standing(
    tx: Session, caller: Caller, now: datetime, ref: str, version: int, deed: Deed, body: schemas.StandingIn
) -> Edition:
    """Postpone, cancel or resume an edition, with new dates where they are known; every UID stays.

    What is dated before today stays as it was; the rest becomes tentative, or cancelled, until the edition is resumed.
    """
    edition = get_to_edit(tx, caller, ref, version)
    standing = rules.next_standing(deed, edition.state, edition.standing)
    need_approval(tx, caller, edition, deed, body.model_dump(mode="json", exclude_unset=True))
    values: dict[str, Any] = {"standing": standing.value, "standing_note": body.note}
    if body.starts_on or body.ends_on:
        names = ("starts_on", "ends_on", "date_precision", "tentative")
        values |= {name: getattr(body, name) for name in names}
        _settle_days(values, edition)
    for row in queries.key_dates_of(tx, edition.id) if body.move_key_dates else ():
        if row.order_at.date() >= now.date():
            _move(row, edition, rules.days_between(edition.starts_on, values.get("starts_on")))
            row.version += 1
    edition.standing_at = None if deed is Deed.RESUME else now
    changed(tx, caller, now, edition, f"edition.{deed}", apply(edition, values), _STANDING_FACTS[deed])
    return edition


def get_managed(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition that the caller organizes, to be read; raise `NotFound`, `Forbidden`."""
    edition = queries.get_edition(tx, caller, ref)
    rules.may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    return edition


def get_to_edit(tx: Session, caller: Caller, ref: str, version: int | None = None) -> Edition:
    """Return an edition that the caller organizes, held; raise `NotFound`, `Forbidden`, `PreconditionFailed`."""
    edition = queries.get_edition(tx, caller, ref)
    hold(tx, edition)
    rules.may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    if version is not None:
        check_version(edition.version, version, now=queries.out_of(tx, caller, edition))
    return edition


def changed(
    tx: Session,
    caller: Caller,
    now: datetime,
    edition: Edition,
    verb: str,
    changes: Mapping[str, Any],
    kind: type[facts.EditionFact],
    tags: tuple[str, ...] = (),
) -> None:
    """Note that an edition has changed: its version, the record, the fact, its dates, the answers that showed it."""
    edition.version += 1
    tx.flush()
    record(tx, caller, verb, edition.id, **changes)
    emit(tx, kind(edition_id=edition.id, edition=queries.state_of(tx, edition)))
    tell_edition(tx, edition, now)
    touch(tx, edition, tags)


def touch(tx: Session, edition: Edition, also: tuple[str, ...] = ()) -> None:
    """Say that public answers about an edition are out of date; nobody has any of one that was never public."""
    if edition.published_at is not None:
        tags = tuple(dict.fromkeys((*queries.tags_of(tx, edition), *also)))
        emit(tx, facts.EventsViewChanged(view=f"edition:{edition.id}", tags=tags))
        _await_midnight(tx, edition)


def _await_midnight(tx: Session, edition: Edition) -> None:
    """See to it that public answers are called back when the day turns, as long as the edition is to come or goes on."""
    due = dates.next_turn(edition.starts_on, edition.ends_on, edition.zone, tx.info["clock"]())
    if due:
        enqueue(tx, TURN, edition.id, due_at=due, edition_id=edition.id)


def turn_edition(work: Work) -> None:
    """Say that the day has turned, and public answers about an edition with it."""
    with work.db.transaction() as tx:
        edition = tx.get(Edition, work.payload["edition_id"], with_for_update=HELD)
        if edition is not None:
            touch(tx, edition)


def put_organisations(tx: Session, edition: Edition, parts: list[dict[str, Any]]) -> bool:
    """Give the edition these organisations, in this order, and no others; return whether that changed any."""
    rows = [
        EditionOrganisation(edition_id=edition.id, position=number, **part | {"name": Text(**part.get("name", {}))})
        for number, part in enumerate(parts)
    ]
    old = queries.around(tx, [edition]).organisations[edition.id]
    if [(p.role, p.organisation_id, p.name) for p in old] == [(p.role, p.organisation_id, p.name) for p in rows]:
        return False
    for organisation_id in {row.organisation_id for row in rows if row.organisation_id}:
        path_of(tx, organisation_id)
    tx.execute(delete(EditionOrganisation).where(EditionOrganisation.edition_id == edition.id))
    tx.add_all(rows)
    tx.flush()
    return True


def approve(tx: Session, caller: Caller, now: datetime, ref: str, body: schemas.ApproveIn) -> EditionApproval:
    """Approve that somebody else does a deed with exactly this content to the edition as it stands."""
    edition = get_to_edit(tx, caller, ref, body.version)
    row = EditionApproval(
        edition_id=edition.id, deed=body.deed.value, content=body.content, edition_version=edition.version,
        approved_by=caller.account_id, approved_at=now, note=body.note,
    )  # fmt: skip
    tx.add(row)
    tx.flush()
    record(tx, caller, "edition.approved", edition.id, deed=body.deed, content=body.content)
    return row


def need_approval(tx: Session, caller: Caller, edition: Edition, deed: Deed, content: dict[str, Any]) -> None:
    """Raise `ApprovalMissing` where the edition asks for approvals and nobody else has approved just this."""
    if not edition.requires_approval:
        return
    rows = tx.scalars(
        select(EditionApproval).where(
            EditionApproval.edition_id == edition.id,
            EditionApproval.deed == deed.value,
            EditionApproval.edition_version == edition.version,
        )
    )
    rules.check_approved({row.approved_by for row in rows if row.content == content}, caller.account_id, deed)


def settle_key_date(key_date: KeyDate, edition: Edition) -> None:
    """Complete a key date from its edition; raise `DatesIncomplete`, `DatesBackwards`, `NoSuchWallTime`."""
    check_one_span((key_date.on, key_date.until_on), (key_date.at_local, key_date.until_local))
    key_date.zone = (key_date.zone or edition.zone) if key_date.at_local else None
    if key_date.at_local and key_date.zone:
        check_planned(key_date.at_local, key_date.zone)
        check_planned(key_date.until_local or key_date.at_local, key_date.zone)
    key_date.order_at = key_date.at_local or datetime.combine(key_date.on or SOME_DAY, time())


def _move(key_date: KeyDate, edition: Edition, days: int) -> None:
    for name in ("on", "until_on", "at_local", "until_local"):
        value = getattr(key_date, name)
        setattr(key_date, name, value + timedelta(days=days) if value else None)
    settle_key_date(key_date, edition)


def tell_edition(tx: Session, edition: Edition, now: datetime) -> None:
    """Tell calendars every date of an edition that stands otherwise than they were told; nothing before it is public."""
    if edition.state not in rules.PUBLIC:
        return
    said = queries.dates_of(tx, edition)
    entries = {dates.edition_entry_id(edition.id): dates.edition_entry(said, now)}
    tell_all(tx, edition.id, entries | _key_date_entries(said, queries.key_dates_of(tx, edition.id), now), now)
    if edition.has_programme:
        enqueue(tx, TELL_SESSIONS, edition.id, edition_id=edition.id)


def tell_key_date(tx: Session, edition: Edition, key_date: KeyDate, now: datetime) -> None:
    """Tell calendars one key date, as soon as its edition is public."""
    if edition.state in rules.PUBLIC:
        tell_all(tx, edition.id, _key_date_entries(queries.dates_of(tx, edition), [key_date], now), now)
        touch(tx, edition)


def _key_date_entries(
    edition: dates.EditionDates, rows: Iterable[KeyDate], now: datetime
) -> dict[str, DateEntry | None]:
    entries = (dates.key_date_entry(edition, queries.facts_of(row), now) for row in rows)
    return {entry.entry_id: entry for entry in entries}


def tell_all(tx: Session, edition_id: str, entries: Mapping[str, DateEntry | None], now: datetime) -> None:
    """Tell calendars how entries of an edition stand (`None`: it is no more), by their ids and in this order."""
    tell(tx, ToldDate, entries, now, (facts.EventsDateSet, facts.EventsDateCancelled), edition_id=edition_id)


def retell_below(tx: Session, edition: Edition) -> None:
    """Have the dates of all editions under this one told again, soon: they name it among their topics."""
    if below := queries.editions_below(tx, [edition.id]):
        enqueue(tx, RETELL, edition.id, editions=below)


def retell_editions(work: Work) -> None:
    """Tell the dates of some editions again: those named, those of a series and what is under it, or an organisation's."""
    with work.db.reading() as tx:
        ids = queries.editions_around(tx, **work.payload)
    last = str(work.checkpoint.get("last", ""))
    for done, edition_id in enumerate(ids, 1):
        if edition_id <= last:
            continue
        with work.db.transaction() as tx:
            edition = tx.get(Edition, edition_id, with_for_update=HELD)
            if edition is not None:
                tell_edition(tx, edition, work.db.clock())
                touch(tx, edition)
            work.keep(tx, done, len(ids), last=edition_id)


def copy_to_next(tx: Session, old: Edition, new: Edition, parts: Collection[str]) -> None:
    """Copy organisations and key dates, these moved by as many days as the start; raise `NoSuchWallTime`.

    Key dates come as tentative: nobody has confirmed them yet.
    """
    new.copied_from_id = old.id
    if "organisations" in parts:
        for part in tx.scalars(select(EditionOrganisation).where(EditionOrganisation.edition_id == old.id)).all():
            tx.add(part.copied(edition_id=new.id))
    if "key_dates" in parts:
        for row in queries.key_dates_of(tx, old.id):
            copy = row.copied(edition_id=new.id, status="tentative", version=1)
            _move(copy, new, rules.days_between(old.starts_on, new.starts_on))
            tx.add(copy)
    tx.flush()


def _check_slug(tx: Session, slug: str, own_id: str = "") -> None:
    """Raise `SlugTaken` where the slug leads, or led, to another edition."""
    in_turn(tx, "edition-slugs")  # no key of one table sees the other
    taken = tx.scalars(
        select(Edition.id)
        .where(Edition.slug == slug)
        .union(select(EditionSlug.edition_id).where(EditionSlug.slug == slug))
    )
    if set(taken) - {own_id}:
        raise SlugTaken(slug=slug)


def _settle_days(values: dict[str, Any], edition: Edition | None) -> None:
    """Complete dates that were sent: both ends, whole months where no more is known."""
    names = ("starts_on", "ends_on", "date_precision")
    if edition is not None and not set(names) & values.keys():
        return
    starts_on, ends_on, precision = (values.get(name, getattr(edition, name, None)) for name in names)
    values["starts_on"], values["ends_on"] = rules.whole_span(starts_on, ends_on, precision or rules.Precision.DAY)
