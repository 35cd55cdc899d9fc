"""What is done with credentials."""

from datetime import date

from sqlalchemy.orm import Session

from services.directory.signin.models import Credential


def note_use(tx: Session, credential: Credential, day: date) -> None:
    """Keep the day on which a credential was last used."""
    tx.get_one(type(credential), credential.id).used_on = day
