"""Calling pages back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.series.models import Series
from shared.ledger import emit
from shared.messages.events import EventsViewChanged


def touch_owned(tx: Session, organisation_id: str) -> None:
    """Call back the pages of the series that an organisation holds, which print its name."""
    for series_id in tx.scalars(select(Series.id).where(Series.owner_id == organisation_id)):
        emit(tx, EventsViewChanged(view=f"series:{series_id}", tags=(f"series:{series_id}",)))
