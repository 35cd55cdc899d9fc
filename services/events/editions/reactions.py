"""What editions do on hearing of organisations."""

from sqlalchemy.orm import Session

from services.events.series.actions import RETELL
from shared.jobs import enqueue
from shared.messages.directory import OrganisationRenamed


def on_organisation_renamed(tx: Session, fact: OrganisationRenamed) -> None:
    """Have the dates in which the organisation is named told again, with its new name."""
    key = f"organisation-{fact.organisation_id}"
    enqueue(tx, RETELL, key, organisation_id=fact.organisation_id)
