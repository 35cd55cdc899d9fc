"""Routes of the programme: tracks and sessions of an edition, its completeness, and the next edition."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.editions.queries import get_inside
from services.events.editions.queries import out_of as edition_out
from services.events.editions.schemas import EditionOut, Ref
from services.events.programme import actions
from services.events.programme.queries import (
    completeness_of,
    get_session,
    get_track,
    list_sessions,
    list_tracks,
    out_of,
)
from services.events.programme.schemas import (
    CompletenessOut,
    ConfirmIn,
    NextIn,
    PersonId,
    SessionFilter,
    SessionId,
    SessionIn,
    SessionOut,
    SessionPatch,
    TrackId,
    TrackIn,
    TrackOut,
    TrackPatch,
)
from shared.editing import DeedOut, history
from shared.paging import Page, PageQuery
from shared.web import CallerDep, IfMatch, reads, writes

router = APIRouter(tags=["programme"])


@router.get("/editions/{ref}/tracks")
@reads
def get_tracks(tx: Session, caller: CallerDep, ref: Ref, query: Annotated[PageQuery, Query()]) -> Page[TrackOut]:
    """List the tracks of an edition; for those who work on it."""
    return list_tracks(tx, caller, ref, query)


@router.post("/editions/{ref}/tracks", status_code=201)
@writes
def post_track(tx: Session, caller: CallerDep, ref: Ref, body: TrackIn) -> TrackOut:
    """Enter a track."""
    return TrackOut.model_validate(actions.add_track(tx, caller, ref, body))


@router.get("/tracks/{track_id}")
@reads
def get_one_track(tx: Session, caller: CallerDep, track_id: TrackId) -> TrackOut:
    """Read a track."""
    return TrackOut.model_validate(get_track(tx, caller, track_id)[0])


@router.patch("/tracks/{track_id}")
@writes
def patch_track(tx: Session, caller: CallerDep, track_id: TrackId, version: IfMatch, body: TrackPatch) -> TrackOut:
    """Change a track."""
    return TrackOut.model_validate(actions.change_track(tx, caller, track_id, version, body))


@router.delete("/tracks/{track_id}", status_code=204)
@writes
def delete_track(tx: Session, caller: CallerDep, track_id: TrackId, version: IfMatch) -> None:
    """Remove a track; its sessions stay, without one."""
    actions.remove_track(tx, caller, track_id, version)


@router.get("/tracks/{track_id}/history")
@reads
def get_track_history(tx: Session, caller: CallerDep, track_id: TrackId) -> list[DeedOut]:
    """Read what was done to a track."""
    return history(tx, get_track(tx, caller, track_id)[0].id)


@router.get("/editions/{ref}/sessions")
@reads
def get_sessions(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[SessionFilter, Query()]
) -> Page[SessionOut]:
    """List the sessions of an edition's draft; for those who work on it."""
    return list_sessions(tx, caller, ref, query)


@router.post("/editions/{ref}/sessions", status_code=201)
@writes
def post_session(tx: Session, caller: CallerDep, ref: Ref, body: SessionIn) -> SessionOut:
    """Enter a session, or a talk of one."""
    return out_of(tx, actions.add_session(tx, caller, ref, body))


@router.get("/sessions/{session_id}")
@reads
def get_one_session(tx: Session, caller: CallerDep, session_id: SessionId) -> SessionOut:
    """Read a session of a draft."""
    return out_of(tx, get_session(tx, caller, session_id)[0])


@router.patch("/sessions/{session_id}")
@writes
def patch_session(
    tx: Session, caller: CallerDep, session_id: SessionId, version: IfMatch, body: SessionPatch
) -> SessionOut:
    """Change a session; when and where it takes place is changed in the schedule."""
    return out_of(tx, actions.change_session(tx, caller, session_id, version, body))


@router.delete("/sessions/{session_id}", status_code=204)
@writes
def delete_session(tx: Session, caller: CallerDep, session_id: SessionId, version: IfMatch) -> None:
    """Remove a session that has no talks."""
    actions.remove_session(tx, caller, session_id, version)


@router.get("/sessions/{session_id}/history")
@reads
def get_session_history(tx: Session, caller: CallerDep, session_id: SessionId) -> list[DeedOut]:
    """Read what was done to a session."""
    return history(tx, get_session(tx, caller, session_id)[0].id)


@router.post("/sessions/{session_id}/people/{person_id}/confirm")
@writes
def post_confirmation(
    tx: Session, caller: CallerDep, session_id: SessionId, person_id: PersonId, body: ConfirmIn
) -> SessionOut:
    """Note that a person has agreed to a part."""
    return out_of(tx, actions.confirm_part(tx, caller, session_id, person_id, body.role))


@router.get("/editions/{ref}/completeness")
@reads
def get_completeness(tx: Session, caller: CallerDep, ref: Ref) -> CompletenessOut:
    """Tell how complete an edition is in each language, and what is missing."""
    return completeness_of(tx, get_inside(tx, caller, ref))


@router.post("/editions/{ref}/next", status_code=201)
@writes
def post_next_edition(tx: Session, caller: CallerDep, ref: Ref, body: NextIn) -> EditionOut:
    """Open the next edition and copy chosen parts of this one into it, in one transaction."""
    return edition_out(tx, caller, actions.open_next(tx, caller, ref, body))
