"""What cycles do on hearing of organisations."""

from sqlalchemy.orm import Session

from services.awards.programmes.actions import RETELL
from shared.jobs import enqueue
from shared.messages.directory import OrganisationRenamed


def on_organisation_renamed(tx: Session, fact: OrganisationRenamed) -> None:
    """Have the dates of the organisation's cycles told again, with its new name."""
    enqueue(tx, RETELL, f"organisation-{fact.organisation_id}", organisation_id=fact.organisation_id)
