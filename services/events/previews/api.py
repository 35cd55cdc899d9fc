"""Routes of previews: `/api/events/editions/{ref}/previews`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.events.editions.schemas import Ref
from services.events.previews import actions, queries
from services.events.previews.schemas import PreviewIn, PreviewMadeOut, PreviewOut
from services.events.schedule.queries.draft import get_draft
from shared.schema import Id
from shared.web import Answer, CallerDep, Now, reads, writes

router = APIRouter(prefix="/editions/{ref}/previews", tags=["previews"])


@router.get("")
@reads
def list_previews(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> list[PreviewOut]:
    """List the links to the draft that still work."""
    edition = get_draft(tx, caller, ref)
    return [PreviewOut.model_validate(link) for link in queries.list_previews(tx, edition.id, now)]


@router.post("", status_code=201)
@writes
def make_preview(tx: Session, caller: CallerDep, now: Now, answer: Answer, ref: Ref, body: PreviewIn) -> PreviewMadeOut:
    """Make a link that shows the draft as it would be released; its token is shown this once."""
    link, token = actions.make_preview(tx, caller, now, ref, body)
    answer.headers["Cache-Control"] = "no-store"
    shown = PreviewOut.model_validate(link)
    return PreviewMadeOut(**shown.model_dump(), token=token, path=f"/events/preview/{token}")


@router.delete("/{preview_id}", status_code=204)
@writes
def withdraw_preview(tx: Session, caller: CallerDep, now: Now, ref: Ref, preview_id: Id) -> None:
    """Let a link show nothing any more."""
    actions.withdraw_preview(tx, caller, now, ref, preview_id)
