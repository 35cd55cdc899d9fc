"""Routes of series: `/api/events/series` and the loading of a catalogue."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.series.actions import change_series, load_catalogue, open_series, remove_series
from services.events.series.queries import get_series, list_series, out_of
from services.events.series.rules import may_organize
from services.events.series.schemas import (
    CatalogueIn,
    CatalogueOut,
    Ref,
    SeriesFilter,
    SeriesIn,
    SeriesOut,
    SeriesPatch,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.tree import path_of
from shared.web import CallerDep, IfMatch, reads, writes

router = APIRouter(tags=["series"])


@router.get("/series")
@reads
def get_all_series(tx: Session, query: Annotated[SeriesFilter, Query()]) -> Page[SeriesOut]:
    """List series."""
    return list_series(tx, query)


@router.post("/series", status_code=201)
@writes
def post_series(tx: Session, caller: CallerDep, body: SeriesIn) -> SeriesOut:
    """Open a series."""
    return out_of(tx, open_series(tx, caller, body))


@router.get("/series/{ref}")
@reads
def get_one_series(tx: Session, ref: Ref) -> SeriesOut:
    """Read a series, named by its id or its slug."""
    return out_of(tx, get_series(tx, ref))


@router.patch("/series/{ref}")
@writes
def patch_series(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: SeriesPatch) -> SeriesOut:
    """Change a series."""
    return out_of(tx, change_series(tx, caller, ref, version, body))


@router.delete("/series/{ref}", status_code=204)
@writes
def delete_series(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch) -> None:
    """Remove a series that has no editions."""
    remove_series(tx, caller, ref, version)


@router.get("/series/{ref}/history")
@reads
def get_series_history(tx: Session, caller: CallerDep, ref: Ref) -> list[DeedOut]:
    """Read what was done to a series; for those who organize at its owner."""
    series = get_series(tx, ref)
    may_organize(caller, path_of(tx, series.owner_id))
    return history(tx, series.id)


@router.post("/catalogue")
@writes
def post_catalogue(tx: Session, caller: CallerDep, body: CatalogueIn) -> CatalogueOut:
    """Make and change series as a catalogue names them; a second load of the same changes nothing."""
    return load_catalogue(tx, caller, body)
