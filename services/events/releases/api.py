"""Routes of releases: what is public, what would be, and how the two differ."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from services.events.editions.queries import get_edition, out_of
from services.events.editions.schemas import EditionOut, Ref
from services.events.releases import actions, queries
from services.events.releases.changelog import CHANGE_NAMES
from services.events.releases.content import to_json
from services.events.releases.diff import counts_of
from services.events.releases.schemas import (
    AffectedOut,
    ApprovalIn,
    ApprovedOut,
    ChangeOut,
    DiffOut,
    NextOut,
    ReleaseIn,
    ReleaseOut,
    RollbackIn,
    SessionOut,
)
from services.events.schedule.queries.draft import get_draft
from shared.caller import Caller
from shared.describing import FILE
from shared.paging import XLSX, write_xlsx
from shared.text import Text
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/editions/{ref}", tags=["releases"])

Number = Annotated[int, Path(ge=1, le=2_000_000_000)]
From = Annotated[int | None, Query(alias="from", ge=0, le=2_000_000_000)]


@router.get("/releases")
@reads
def list_releases(tx: Session, caller: AnybodyDep, ref: Ref) -> list[ReleaseOut]:
    """List the releases of an edition, newest first."""
    edition = get_edition(tx, caller, ref)
    return [ReleaseOut.model_validate(row) for row in queries.list_releases(tx, edition.id)]


@router.get("/releases/next")
@reads
def get_next_release(tx: Session, caller: CallerDep, ref: Ref) -> NextOut:
    """Show what the next release would bring, what forbids it, and who approved exactly this."""
    return queries.next_release(tx, get_draft(tx, caller, ref))


@router.post("/releases", status_code=201)
@writes
def make_release(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: ReleaseIn) -> ReleaseOut:
    """Make the draft public; refused while a blocking conflict stands, or an approval is missing."""
    return ReleaseOut.model_validate(actions.release(tx, caller, now, ref, body))


@router.post("/releases/approvals", status_code=201)
@writes
def approve_release(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: ApprovalIn) -> ApprovedOut:
    """Approve that the draft, exactly as `releases/next` showed it, is released by somebody else."""
    return ApprovedOut.model_validate(actions.approve(tx, caller, now, ref, body))


@router.get("/releases/{number}")
@reads
def get_release(tx: Session, caller: AnybodyDep, ref: Ref, number: Number) -> ReleaseOut:
    """Show one release."""
    return ReleaseOut.model_validate(queries.get_release(tx, get_edition(tx, caller, ref).id, number))


@router.get("/releases/{number}/sessions")
@reads
def list_released_sessions(tx: Session, caller: AnybodyDep, now: Now, ref: Ref, number: Number) -> list[SessionOut]:
    """List the sessions of a release in order of time, as far as the caller may see them."""
    edition = get_edition(tx, caller, ref)
    queries.get_release(tx, edition.id, number)
    reader = queries.reader_of(tx, caller, edition)
    return [
        SessionOut(
            session_id=each.session_id, since=each.since, sequence=each.sequence, changed_at=each.changed_at,
            content=to_json(each.content),
        )
        for each in queries.released_programme(tx, edition.id, number)
        if reader.sees(each.content, now)
    ]  # fmt: skip


@router.get("/releases/{number}/diff")
@reads
def get_diff(tx: Session, caller: AnybodyDep, now: Now, ref: Ref, number: Number, from_: From = None) -> DiffOut:
    """Tell what changed from one release (by default the one before; 0 is nothing) to another."""
    edition = get_edition(tx, caller, ref)
    old = queries.release_before(tx, edition.id, number, from_)
    reader = queries.reader_of(tx, caller, edition)
    changes = queries.changes_between(tx, edition.id, old, number, reader, now)
    told = [ChangeOut.of(change) for change in changes]
    return DiffOut(from_number=old, to_number=number, counts=counts_of(changes), changes=told)


@router.get("/releases/{number}/affected.json")
@reads
def list_affected(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, number: Number, from_: From = None
) -> list[AffectedOut]:
    """List the people whose sessions are elsewhere or at other times than before, with their contacts."""
    return _affected(tx, caller, now, ref, number, from_)


@router.get("/releases/{number}/affected.xlsx", response_class=Response, responses={200: {"content": {XLSX: FILE}}})
@reads
def export_affected(tx: Session, caller: CallerDep, now: Now, ref: Ref, number: Number, from_: From = None) -> Response:
    """Return the same list as a workbook, in the caller's language."""
    language = caller.language
    heads = [head.in_(language) for head in AFFECTED_HEADS]
    rows = [
        [
            each.name.zh, each.name.en, each.role, each.email, each.phone, each.title.in_(language),
            CHANGE_NAMES[each.kind].in_(language), each.old.in_(language), each.new.in_(language),
        ]
        for each in _affected(tx, caller, now, ref, number, from_)
    ]  # fmt: skip
    name = f"affected-{number}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_xlsx(heads, rows), headers=headers, media_type=XLSX)


@router.post("/releases/{number}/rollback", status_code=201)
@writes
def roll_back(tx: Session, caller: CallerDep, now: Now, ref: Ref, number: Number, body: RollbackIn) -> ReleaseOut:
    """Make an earlier release public again, as a new one; the draft stays as it is."""
    return ReleaseOut.model_validate(actions.roll_back(tx, caller, now, ref, number, body))


@router.post("/close")
@writes
def close_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Note that an edition is over, with the figures of its programme."""
    return out_of(tx, caller, actions.close_edition(tx, caller, now, ref, version))


AFFECTED_HEADS = (
    Text("姓名（中文）", "Name (Chinese)"),
    Text("姓名（英文）", "Name (English)"),
    Text("角色", "Role"),
    Text("邮箱", "E-mail"),
    Text("电话", "Phone"),
    Text("场次", "Session"),
    Text("变动", "Change"),
    Text("原安排", "Before"),
    Text("现安排", "Now"),
)


def _affected(
    tx: Session, caller: Caller, now: datetime, ref: str, number: int, from_: int | None
) -> list[AffectedOut]:
    edition = get_draft(tx, caller, ref)
    old = queries.release_before(tx, edition.id, number, from_)
    changes = queries.changes_between(tx, edition.id, old, number, queries.INSIDER, now)
    return queries.affected_by(changes, queries.people_in(tx, changes))
