"""Routes of the record: `/api/awards/record`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.awards.record.schemas import RecordKeyOut, RecordKeysOut
from shared.keys import public_keys_of
from shared.web import reads

router = APIRouter(tags=["record"])


@router.get("/record/keys")
@reads
def get_record_keys(tx: Session) -> RecordKeysOut:
    """Read the public keys by which receipts and bundles of the record are checked."""
    return RecordKeysOut(keys=[RecordKeyOut(**key) for key in public_keys_of(tx)])
