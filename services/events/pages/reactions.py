"""What public pages do on hearing facts."""

from sqlalchemy.orm import Session

from services.events.pages.actions import touch_owned
from shared.inbox import reactions
from shared.messages.directory import OrganisationRenamed


def on_organisation_renamed(tx: Session, fact: OrganisationRenamed) -> None:
    """Call back the pages of the series it holds; those of editions are called back with their dates."""
    touch_owned(tx, fact.organisation_id)


PAGE_REACTIONS = reactions(on_organisation_renamed)
