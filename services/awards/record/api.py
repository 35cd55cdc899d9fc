"""Routes of the record: `/api/awards/record` and `/api/awards/cycles/{ref}/audit`."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from services.awards.cycles.actions import note
from services.awards.cycles.schemas import Ref
from services.awards.record import offline
from services.awards.record.queries import get_audited, write_bundle
from services.awards.record.schemas import RecordKeyOut, RecordKeysOut
from shared.audit import last_of
from shared.describing import FILE
from shared.keys import public_keys_of
from shared.web import CallerDep, Now, reads

router = APIRouter(tags=["record"])
SCRIPT = Path(offline.__file__).read_bytes()


def _attached(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, headers=headers, media_type=media_type)


@router.get("/record/keys")
@reads
def get_record_keys(tx: Session) -> RecordKeysOut:
    """Read the public keys by which receipts and bundles of the record are checked."""
    return RecordKeysOut(keys=[RecordKeyOut(**key) for key in public_keys_of(tx)])


@router.get("/record/checker", response_class=Response, responses={200: {"content": {"text/x-python": FILE}}})
@reads
def get_record_checker(tx: Session) -> Response:
    """Download the script that checks receipts and records offline, with Python's standard library alone."""
    return _attached(SCRIPT, "huitang_check.py", "text/x-python")


@router.get(
    "/cycles/{ref}/audit", response_class=Response, responses={200: {"content": {"application/x-ndjson": FILE}}}
)
@reads
def get_cycle_audit(tx: Session, caller: CallerDep, request: Request, now: Now, ref: Ref) -> Response:
    """Download the sealed record of a cycle, signed, for the award office and who supervises it.

    That it was taken is on record before it is given out.
    """
    cycle = get_audited(tx, caller, ref)
    length, head = last_of(tx, cycle.id)
    with request.app.state.runtime.db.transaction() as writing:
        note(writing, caller, cycle, "record.exported", length=length, head=head)
    return _attached(b"".join(write_bundle(tx, cycle, now)), f"{cycle.slug}-record.jsonl", "application/x-ndjson")
