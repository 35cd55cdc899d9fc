"""Selects of series. They are public: a series tells nothing that an association would keep to itself."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Select, String, bindparam, cast, or_, select
from sqlalchemy.orm import Session

from services.events.series.models import Series, SeriesAlias
from services.events.series.rules import UnknownSeries
from services.events.series.schemas import AliasOut, SeriesFilter, SeriesOut
from shared.errors import NotFound
from shared.paging import Page, paginate
from shared.text import Text
from shared.tree import below

_COLUMNS = Series.__table__.c


def get_series(tx: Session, ref: str) -> Series:
    """Return the series with this id or slug; raise `NotFound`."""
    found = tx.scalars(select(Series).where(or_(Series.id == ref, Series.slug == ref))).all()
    if not found:
        raise NotFound()
    return next((series for series in found if series.id == ref), found[0])


def need_series(tx: Session, series_id: str) -> Series:
    """Return the series that a request names; raise `UnknownSeries`."""
    series = tx.get(Series, series_id)
    if series is None:
        raise UnknownSeries(series=series_id)
    return series


class SeriesNamed(NamedTuple):
    """What others show of a series."""

    id: str
    slug: str
    kind: str
    name: Text


_BY_ID = select(_COLUMNS.id, _COLUMNS.slug, _COLUMNS.kind, _COLUMNS.name_zh, _COLUMNS.name_en).where(
    _COLUMNS.id.in_(bindparam("ids", expanding=True))
)


def series_by_id(tx: Session, ids: Iterable[str]) -> dict[str, SeriesNamed]:
    """Return those of the series that exist, by id."""
    if not (wanted := set(ids)):
        return {}
    rows = tx.execute(_BY_ID, {"ids": list(wanted)})
    return {id_: SeriesNamed(id_, slug, kind, Text(zh, en)) for id_, slug, kind, zh, en in rows}


def umbrellas_above(tx: Session, series_id: str | None) -> list[str]:
    """Return the ids from `series_id` up to the outermost umbrella; ends where a loop would begin."""
    above: list[str] = []
    while series_id and series_id not in above:
        above.append(series_id)
        series_id = tx.scalar(select(Series.umbrella_id).where(Series.id == series_id))
    return above


def list_series(tx: Session, query: SeriesFilter) -> Page[SeriesOut]:
    """Return one page of series."""
    order = () if query.sort == "newest" else (Series.slug,)
    descending = query.sort in ("-slug", "newest")
    rows, following, total = paginate(tx, _matching(tx, query), query, Series.id, *order, descending=descending)
    return Page(items=outs_of(tx, rows), next=following, total=total)


def _matching(tx: Session, query: SeriesFilter) -> Select[Series]:
    statement = select(Series)
    if query.q:
        aliases = SeriesAlias.__table__.c
        also = select(SeriesAlias.series_id).where(
            or_(*(aliases[name].icontains(query.q, autoescape=True) for name in ("name_zh", "name_en")))
        )
        named = (_COLUMNS[name].icontains(query.q, autoescape=True) for name in ("name_zh", "name_en", "slug"))
        statement = statement.where(or_(*named, Series.id.in_(also)))
    if query.kind:
        statement = statement.where(Series.kind == query.kind)
    if query.owner:
        statement = statement.where(below(tx, Series.owner_id, [query.owner]))
    if query.umbrella:
        statement = statement.where(Series.umbrella_id == query.umbrella)
    if query.flag:
        statement = statement.where(cast(Series.flags, String).icontains(f'"{query.flag}"', autoescape=True))
    if query.document:
        statement = statement.where(
            cast(Series.documents, String).icontains(f'"code": "{query.document}"', autoescape=True)
        )
    return statement


def aliases_of(tx: Session, ids: Iterable[str]) -> dict[str, list[SeriesAlias]]:
    """Return the aliases of each of the series, in their order."""
    found: dict[str, list[SeriesAlias]] = {series_id: [] for series_id in ids}
    rows = select(SeriesAlias).where(SeriesAlias.series_id.in_(found)).order_by(SeriesAlias.position)
    for alias in tx.scalars(rows) if found else ():
        found[alias.series_id].append(alias)
    return found


def outs_of(tx: Session, rows: Sequence[Series]) -> list[SeriesOut]:
    """Return series as they are answered."""
    aliases = aliases_of(tx, (row.id for row in rows))
    return [
        SeriesOut.model_validate(
            {
                name: [AliasOut.model_validate(alias) for alias in aliases[row.id]]
                if name == "aliases"
                else getattr(row, name)
                for name in SeriesOut.model_fields
            }
        )
        for row in rows
    ]


def out_of(tx: Session, series: Series) -> SeriesOut:
    """Return one series as it is answered."""
    return outs_of(tx, [series])[0]
