"""Routes of exports: `/api/events/editions/{ref}/exports/{format}`."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.events.editions.schemas import Ref
from services.events.exchange.formats import FORMATS
from services.events.exchange.queries import draft_programme, get_own
from shared.describing import FILE
from shared.errors import NotFound
from shared.web import CallerDep, reads

router = APIRouter(tags=["exports"])
WRITTEN = {form.media_type: {} if "json" in form.media_type else FILE for form in FORMATS.values() if form.write}


@router.get(
    "/editions/{ref}/exports/{form}",
    response_class=Response,
    responses={200: {"content": WRITTEN}},
)
@reads
def get_export(tx: Session, caller: CallerDep, ref: Ref, form: Annotated[str, Path(max_length=40)]) -> Response:
    """Take the draft of an edition along as a file: json, schedule.xml, schedule.json, ics, xlsx, csv or jsonld."""
    chosen = FORMATS.get(form)
    if chosen is None or chosen.write is None:
        raise NotFound()
    edition = get_own(tx, caller, ref)
    headers = {
        "Content-Disposition": f'attachment; filename="{edition.slug}{chosen.ending}"',
        "Cache-Control": "no-store",
    }
    return Response(chosen.write(draft_programme(tx, edition)), headers=headers, media_type=chosen.media_type)
