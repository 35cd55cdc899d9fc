"""Which link a secret opens."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.links.models import OneTimeLink
from services.directory.links.rules import LinkUnknown
from shared.secret import digest_of


def get_link(tx: Session, secret: str) -> OneTimeLink:
    """Return the link of a secret; raise `LinkUnknown`."""
    link = tx.scalar(select(OneTimeLink).where(OneTimeLink.digest == digest_of(secret)))
    if link is None:
        raise LinkUnknown()
    return link
