"""What is done with sealed pages: their scans are kept for exactly the content that was sealed."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.awards.attachments.receiving import Received
from services.awards.nominations.actions import note_deed
from services.awards.nominations.rules import NominationPart
from services.awards.prints.models import SealedScan
from services.awards.prints.queries import get_printed, out_of
from services.awards.prints.rules import check_sealed
from services.awards.prints.schemas import SealedScanOut, SealedScanUpload
from shared.caller import Caller
from shared.db import hold, new_id
from shared.errors import Forbidden


def keep_scan(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, asked: SealedScanUpload, received: Received
) -> SealedScanOut:
    """Keep the scan of a sealed page; raise `SealedForOtherContent`, `NotFound`, `Forbidden`."""
    printed = get_printed(tx, caller, nomination_id, now)
    if printed.part is not NominationPart.UNIT:
        raise Forbidden()
    hold(tx, printed.nomination)
    printed = get_printed(tx, caller, nomination_id, now)
    check_sealed(asked.check_code, printed.check_code)
    scan = SealedScan(
        id=new_id(), nomination_id=nomination_id, content=printed.sha256, check_code=printed.check_code,
        name=received.name, format=received.format, size=received.file.size, sha256=received.keep(tx), made_at=now,
        made_by=caller.account_id,
    )  # fmt: skip
    tx.add(scan)
    tx.flush()
    note_deed(tx, caller, printed.nomination, "nomination.sealed", content=scan.content, sha256=scan.sha256)
    return out_of(scan, printed.sha256)
