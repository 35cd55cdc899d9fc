"""What nominations do on hearing of organisations."""

from sqlalchemy.orm import Session

from services.awards.nominations.actions import inherit_nominations
from shared.messages.directory import OrganisationMerged


def on_organisation_merged(tx: Session, fact: OrganisationMerged) -> None:
    """Let the unit that another was merged into go on with its nominations."""
    inherit_nominations(tx, fact.organisation_id, fact.into_id)
