"""What is done with series: open, change, remove, and load a catalogue of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.events.series.models import Series, SeriesAlias
from services.events.series.queries import aliases_of, get_series, need_series, out_of, umbrellas_above
from services.events.series.rules import (
    SeriesInUse,
    UnknownSeries,
    check_umbrella,
    may_load_catalogue,
    may_organize,
    umbrellas_first,
)
from services.events.series.schemas import CatalogueIn, CatalogueOut, CatalogueRow, SeriesIn, SeriesPatch
from shared.audit import record
from shared.caller import Caller
from shared.db import in_turn
from shared.editing import apply, given, remove, said_anew
from shared.errors import OwnerMissing, SlugTaken, check_version
from shared.jobs import enqueue
from shared.ledger import emit
from shared.messages.events import EventsViewChanged, SeriesChanged, SeriesOpened, SeriesRemoved, SeriesState
from shared.text import free_slug, slug_of
from shared.tree import path_of

RETELL = "retell_editions"
"""The job that tells the dates of editions again when a name or an umbrella above them changed; editions say how."""


def open_series(tx: Session, caller: Caller, body: SeriesIn) -> Series:
    """Open a series; raise `Forbidden`, `SlugTaken` or `UnknownSeries`."""
    may_organize(caller, path_of(tx, body.owner_id))
    if tx.scalar(select(Series.id).where(Series.slug == body.slug)):
        raise SlugTaken(slug=body.slug)
    values = given(body)
    aliases = values.pop("aliases", [])
    series = Series(**values)
    if series.umbrella_id:
        need_series(tx, series.umbrella_id)
    enter(tx, caller, series, aliases)
    return series


def enter(tx: Session, caller: Caller, series: Series, aliases: Sequence[dict[str, Any]]) -> None:
    """Enter a series whose values were checked, and tell of it."""
    tx.add(series)
    tx.flush()
    put_aliases(tx, series, aliases)
    record(tx, caller, "series.opened", series.id, slug=series.slug, owner=series.owner_id)
    emit(tx, SeriesOpened(series_id=series.id, series=state_of(series)))
    touch(tx, series)


def change_series(tx: Session, caller: Caller, ref: str, version: int, body: SeriesPatch) -> Series:
    """Change what was sent; raise `PreconditionFailed` for a stale version."""
    series = get_series(tx, ref)
    may_organize(caller, path_of(tx, series.owner_id))
    check_version(series.version, version, now=out_of(tx, series))
    values = given(body)
    if umbrella := values.get("umbrella_id"):
        in_turn(tx, "umbrellas")
        need_series(tx, umbrella)
        check_umbrella(series.id, umbrellas_above(tx, umbrella))
    put_values(tx, caller, series, values)
    return series


def put_values(tx: Session, caller: Caller, series: Series, values: dict[str, Any]) -> bool:
    """Give the series these values; record and tell what changed, and return whether anything did."""
    aliases = values.pop("aliases", None)
    renamed = aliases is not None and put_aliases(tx, series, aliases)
    changes = apply(series, values)
    if renamed:
        changes["aliases"] = aliases
    if changes:
        series.version += 1
        tx.flush()
        record(tx, caller, "series.changed", series.id, **changes)
        emit(tx, SeriesChanged(series_id=series.id, series=state_of(series)))
        touch(tx, series)
        if {"name", "umbrella_id"} & changes.keys():
            enqueue(tx, RETELL, f"series-{series.id}", series_id=series.id)
    return bool(changes)


def put_aliases(tx: Session, series: Series, aliases: Sequence[dict[str, Any]]) -> bool:
    """Give the series these aliases and no others; return whether that changed any."""
    wanted = [SeriesAlias.from_json(series.id, number, alias) for number, alias in enumerate(aliases)]
    if [a.told() for a in aliases_of(tx, [series.id])[series.id]] == [a.told() for a in wanted]:
        return False
    tx.execute(delete(SeriesAlias).where(SeriesAlias.series_id == series.id))
    tx.add_all(wanted)
    tx.flush()
    return True


def remove_series(tx: Session, caller: Caller, ref: str, version: int) -> None:
    """Remove a series that nothing rests on; raise `SeriesInUse`."""
    series = get_series(tx, ref)
    may_organize(caller, path_of(tx, series.owner_id))
    check_version(series.version, version, now=out_of(tx, series))
    record(tx, caller, "series.removed", series.id, slug=series.slug)
    emit(tx, SeriesRemoved(series_id=series.id, slug=series.slug))
    touch(tx, series)
    remove(tx, series, SeriesInUse(series=series.slug))


def load_catalogue(tx: Session, caller: Caller, body: CatalogueIn) -> CatalogueOut:
    """Make the series of a catalogue that are not there yet, and change those of which it now says something else.

    What was edited here stays, as long as the catalogue says of that field what it said before.
    """
    owner_id = body.owner_id or caller.organisation
    if owner_id is None:
        raise OwnerMissing()
    may_load_catalogue(caller, path_of(tx, owner_id))
    by_source = select(Series).where(Series.source == body.source)
    known = {series.key: series for series in tx.scalars(by_source) if series.key}
    rows, new, changed = {row.key: row for row in body.rows}, 0, 0
    for key in umbrellas_first([(row.key, row.umbrella) for row in body.rows]):
        row = rows[key]
        if row.umbrella and row.umbrella not in known:
            raise UnknownSeries(series=row.umbrella)
        values = {name: value for name, value in given(row).items() if name not in ("key", "slug", "umbrella")}
        values["umbrella_id"] = known[row.umbrella].id if row.umbrella else None
        values["catalogue_row"] = row.model_dump(mode="json")
        if key in known:
            changed += _follow(tx, caller, known[key], values)
        else:
            known[key] = _enter_row(tx, caller, body.source, owner_id, row, values)
            new += 1
    return CatalogueOut(created=new, changed=changed, unchanged=len(rows) - new - changed)


def _enter_row(
    tx: Session, caller: Caller, source: str, owner_id: str, row: CatalogueRow, values: dict[str, Any]
) -> Series:
    aliases = values.pop("aliases", [])
    slug = free_slug(row.slug or slug_of(row.name.en or row.key), lambda slug: _has_slug(tx, slug))
    series = Series(slug=slug, owner_id=owner_id, source=source, key=row.key, **values)
    enter(tx, caller, series, aliases)
    return series


def _follow(tx: Session, caller: Caller, series: Series, values: dict[str, Any]) -> bool:
    said, of_row = values.pop("catalogue_row"), {"umbrella_id": "umbrella"}
    anew = said_anew(said, series.catalogue_row or {})
    news = {name: value for name, value in values.items() if of_row.get(name, name) in anew}
    series.catalogue_row = said
    return put_values(tx, caller, series, news)


def _has_slug(tx: Session, slug: str) -> bool:
    return tx.scalar(select(Series.id).where(Series.slug == slug)) is not None


def state_of(series: Series) -> SeriesState:
    """Return what a fact says of a series."""
    return SeriesState(
        series_id=series.id,
        slug=series.slug,
        name=series.name,
        kind=series.kind,
        owner_id=series.owner_id,
        umbrella_id=series.umbrella_id,
        cadence=series.cadence,
        version=series.version,
    )


def touch(tx: Session, series: Series) -> None:
    """Say that public answers about this series are out of date."""
    tags = ("events", f"series:{series.id}", *((f"series:{series.umbrella_id}",) if series.umbrella_id else ()))
    emit(tx, EventsViewChanged(view=f"series:{series.id}", tags=tags))
