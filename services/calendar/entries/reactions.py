"""What the calendar does on hearing of dates, and of organisations that dates stand under."""

from sqlalchemy.orm import Session

from services.calendar.entries.actions import put_entry, touch_tree
from shared.inbox import reactions
from shared.message import Message
from shared.messages.dates import DateSet
from shared.messages.directory import (
    OrganisationClosed,
    OrganisationMerged,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationSplit,
)

_Changed = OrganisationRenamed | OrganisationMoved | OrganisationMerged | OrganisationSplit | OrganisationClosed


def on_date_set(tx: Session, fact: DateSet, message: Message) -> None:
    """Keep the date as it was told, set or called off."""
    put_entry(tx, fact.entry, message.source.removeprefix("/"))


def on_organisation_opened(tx: Session, fact: OrganisationOpened, message: Message) -> None:
    """Call back the feeds of organisations where dates were told of this one before it was known."""
    touch_tree(tx, fact.organisation_id, message.time, opened=True)


def on_organisation_changed(tx: Session, fact: _Changed, message: Message) -> None:
    """Call back the feeds of organisations: a name or a place in the tree is another."""
    touch_tree(tx, fact.organisation_id, message.time, opened=False)


ENTRY_REACTIONS = reactions(on_date_set, on_organisation_opened, on_organisation_changed)
