"""What the calendar does on hearing of dates, and of series, programmes and organisations that dates stand under."""

from sqlalchemy.orm import Session

from services.calendar.entries.actions import call_back, forget_topic, put_entry, put_topics, read_entries, touch_tree
from shared.inbox import reactions, reads_ahead
from shared.message import Message
from shared.messages.awards import ProgrammeChanged, ProgrammeOpened, ProgrammeRemoved
from shared.messages.dates import DateSet
from shared.messages.directory import (
    OrganisationClosed,
    OrganisationMerged,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationSplit,
)
from shared.messages.events import SeriesChanged, SeriesOpened, SeriesRemoved

_Changed = OrganisationRenamed | OrganisationMoved | OrganisationMerged | OrganisationSplit | OrganisationClosed


@reads_ahead(lambda tx, facts: read_entries(tx, (fact.entry_id for fact in facts)))
def on_date_set(tx: Session, fact: DateSet, message: Message) -> None:
    """Keep the date as it was told, set or called off."""
    put_entry(tx, fact.entry, message.source.removeprefix("/"))


def on_organisation_opened(tx: Session, fact: OrganisationOpened, message: Message) -> None:
    """Call back the feeds of organisations where dates were told of this one before it was known."""
    touch_tree(tx, fact.organisation_id, message.time, opened=True)


def on_organisation_changed(tx: Session, fact: _Changed, message: Message) -> None:
    """Call back the feeds of organisations: a name or a place in the tree is another."""
    touch_tree(tx, fact.organisation_id, message.time, opened=False)


def on_series_set(tx: Session, fact: SeriesOpened | SeriesChanged, message: Message) -> None:
    """Let a series be followed before any date of it is known."""
    key = f"series:{fact.series_id}"
    put_topics(tx, [(key, fact.series.slug, fact.series.name)], told_at=message.time, told_by="")
    call_back(tx, {key}, message.time)


def on_series_removed(tx: Session, fact: SeriesRemoved) -> None:
    """Forget a series of which nothing was ever held."""
    forget_topic(tx, f"series:{fact.series_id}")


def on_programme_set(tx: Session, fact: ProgrammeOpened | ProgrammeChanged, message: Message) -> None:
    """Let a programme be followed before any cycle of it is open."""
    key = f"programme:{fact.programme_id}"
    put_topics(tx, [(key, fact.programme.slug, fact.programme.name)], told_at=message.time, told_by="")
    call_back(tx, {key}, message.time)


def on_programme_removed(tx: Session, fact: ProgrammeRemoved) -> None:
    """Forget a programme that never had a cycle."""
    forget_topic(tx, f"programme:{fact.programme_id}")


ENTRY_REACTIONS = reactions(
    on_date_set,
    on_series_set,
    on_series_removed,
    on_programme_set,
    on_programme_removed,
    on_organisation_opened,
    on_organisation_changed,
)
