"""What quotas do on hearing of organisations."""

from sqlalchemy.orm import Session

from services.awards.quotas.actions import inherit
from shared.messages.directory import OrganisationMerged


def on_organisation_merged(tx: Session, fact: OrganisationMerged) -> None:
    """Let the unit that another was merged into have its slots."""
    inherit(tx, tx.info["clock"](), fact.organisation_id, fact.into_id)
