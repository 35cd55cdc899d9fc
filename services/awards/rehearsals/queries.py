"""Selects of the files that papers and scans name."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.awards.attachments.models import Attachment
from services.awards.nominations.models import Nomination
from services.awards.prints.models import SealedScan


def files_named_in(tx: Session, cycle_id: str) -> list[str]:
    """Return the names of all files that papers and scans of a cycle ever named, in order."""
    of_it = select(Nomination.id).where(Nomination.cycle_id == cycle_id)
    papers = select(Attachment.sha256).where(Attachment.nomination_id.in_(of_it), Attachment.sha256 != "")
    scans = select(SealedScan.sha256).where(SealedScan.nomination_id.in_(of_it))
    return sorted(tx.scalars(papers.union(scans)))


def is_named(tx: Session, name: str) -> bool:
    """Tell whether a paper or a scan names a file."""
    there = or_(
        select(Attachment.id).where(Attachment.sha256 == name).exists(),
        select(SealedScan.id).where(SealedScan.sha256 == name).exists(),
    )
    return bool(tx.scalar(select(there)))
