"""Selects of editions, narrowed to what the caller may see; and what is said of them to calendars and to strangers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Select, String, bindparam, or_, select
from sqlalchemy.orm import Session

from services.events.editions.dates import EditionDates, KeyDateFacts
from services.events.editions.models import (
    Edition,
    EditionOrganisation,
    EditionSlug,
    EditionUmbrella,
    KeyDate,
)
from services.events.editions.rules import (
    PUBLIC,
    is_insider,
    may_see,
    may_see_inside,
    staff_editions,
    staff_organisations,
)
from services.events.editions.schemas import (
    NOTHING,
    EditionFilter,
    EditionOut,
    OrganisationPartOut,
)
from services.events.series.models import Series
from services.events.series.queries import SeriesNamed, get_series, series_by_id, umbrellas_above
from shared.caller import Caller
from shared.errors import NotFound
from shared.messages.dates import Topic
from shared.messages.events import EditionState
from shared.paging import Page, paginate
from shared.text import Text
from shared.tree import Node, below, ids_on, path_of

_COLUMNS = Edition.__table__.c


def visible_to(tx: Session, caller: Caller | None) -> ColumnElement[bool]:
    """Make the condition that the caller may see an edition: public ones, and those on which they have a role."""
    public = Edition.state.in_(PUBLIC)
    if caller is None:
        return public
    own = below(tx, Edition.owner_id, staff_organisations(caller))
    return or_(public, own, Edition.id.in_(staff_editions(caller)))


_REF = bindparam("ref", type_=String)
_FORMER = select(EditionSlug.edition_id).where(EditionSlug.slug == _REF).scalar_subquery()
_NAMED = (
    select(Edition, Node.path)
    .outerjoin(Node, Node.id == Edition.owner_id)
    .where(or_(Edition.id == _REF, Edition.slug == _REF, Edition.id == _FORMER))
)


def get_edition(tx: Session, caller: Caller | None, ref: str) -> Edition:
    """Return the edition with this id, slug or former slug; raise `NotFound` where the caller may not see it."""
    named = tx.execute(_NAMED, {"ref": ref}).all()
    found = [one for one, path in named if may_see(caller, ids_on(path), one.id, one.state)]
    if not found:
        raise NotFound()
    return next((edition for edition in found if edition.id == ref), found[0])


def get_inside(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition whose draft the caller may see; raise `NotFound`, or `Forbidden` where only its public side is."""
    edition = get_edition(tx, caller, ref)
    may_see_inside(caller, path_of(tx, edition.owner_id), edition.id)
    return edition


def get_behind(tx: Session, caller: Caller, edition_id: str) -> Edition:
    """Return the edition of something that stands in a draft; raise `NotFound` for those who do not see the draft."""
    edition = get_edition(tx, caller, edition_id)
    if not is_insider(caller, path_of(tx, edition.owner_id), edition.id):
        raise NotFound()
    return edition


def list_editions(tx: Session, caller: Caller | None, query: EditionFilter) -> Page[EditionOut]:
    """Return one page of the editions that the caller may see."""
    order = {"slug": (Edition.slug,), "newest": ()}.get(query.sort, (Edition.order_on,))
    statement = _matching(tx, caller, query)
    descending = query.sort in ("-date", "newest")
    rows, following, total = paginate(tx, statement, query, Edition.id, *order, descending=descending)
    return Page(items=outs_of(tx, caller, rows), next=following, total=total)


def _matching(tx: Session, caller: Caller | None, query: EditionFilter) -> Select[Edition]:
    visible = visible_to(tx, caller)
    statement = select(Edition).where(visible)
    if query.q:
        names = ("name_zh", "name_en", "city_zh", "city_en", "slug", "acronym")
        statement = statement.where(or_(*(_COLUMNS[name].icontains(query.q, autoescape=True) for name in names)))
    if query.series:
        statement = statement.where(Edition.series_id == get_series(tx, query.series).id)
    if query.umbrella:
        statement = statement.where(Edition.id.in_(_under(query.umbrella, visible)))
    if query.kind:
        statement = statement.where(Edition.series_id.in_(select(Series.id).where(Series.kind == query.kind)))
    if query.owner:
        statement = statement.where(below(tx, Edition.owner_id, [query.owner]))
    if query.from_on:
        statement = statement.where(Edition.ends_on >= query.from_on)
    if query.until_on:
        statement = statement.where(Edition.starts_on <= query.until_on)
    for name in ("state", "standing", "country"):
        if value := getattr(query, name):
            statement = statement.where(getattr(Edition, name) == value)
    return statement


def _under(ref: str, visible: ColumnElement[bool]) -> Select[str]:
    """Select the ids of the editions that stand directly under a series or a visible edition, named by id or slug."""
    series = select(Series.id).where(or_(Series.id == ref, Series.slug == ref))
    editions = select(Edition.id).where(or_(Edition.id == ref, Edition.slug == ref), visible)
    return select(EditionUmbrella.edition_id).where(
        or_(EditionUmbrella.series_id.in_(series), EditionUmbrella.umbrella_edition_id.in_(editions))
    )


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation's part in an edition, as its row has it."""

    id: str
    role: str
    organisation_id: str | None
    name: Text


class Above(NamedTuple):
    """What an edition stands under: a series or another edition."""

    series_id: str | None
    umbrella_edition_id: str | None


@dataclass(frozen=True)
class Around:
    """What stands around some editions: their series, organisations with the names to print, and umbrellas.

    `names` and `paths` are of the organisations that are known here; a path is laid from the root down.
    """

    series: dict[str, SeriesNamed]
    organisations: dict[str, list[Part]]
    umbrellas: dict[str, list[Above]]
    names: dict[str, Text]
    paths: dict[str, tuple[str, ...]]

    def printed(self, part: Part) -> Text:
        """Return the name of an organisation as printed: as given, else as the directory has it."""
        return part.name or self.names.get(part.organisation_id or "", NOTHING)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PART, _UMBRELLA, _NODE = (model.__table__.c for model in (EditionOrganisation, EditionUmbrella, Node))
_PARTS = (
    select(_PART.edition_id, _PART.id, _PART.role, _PART.organisation_id, _PART.name_zh, _PART.name_en)
    .where(_PART.edition_id.in_(_IDS))
    .order_by(_PART.position)
)
_UMBRELLAS = (
    select(_UMBRELLA.edition_id, _UMBRELLA.series_id, _UMBRELLA.umbrella_edition_id)
    .where(_UMBRELLA.edition_id.in_(_IDS))
    .order_by(_UMBRELLA.id)
)
_NODES = select(_NODE.id, _NODE.path, _NODE.name_zh, _NODE.name_en).where(_NODE.id.in_(_IDS))
_ABOVE = (
    select(_COLUMNS.id, _COLUMNS.state, _NODE.path)
    .outerjoin(Node.__table__, _NODE.id == _COLUMNS.owner_id)
    .where(_COLUMNS.id.in_(_IDS))
)


def around(tx: Session, editions: Sequence[Edition]) -> Around:
    """Load what stands around the editions, in a number of queries that does not depend on how many there are."""
    ids = [edition.id for edition in editions]
    organisations: dict[str, list[Part]] = {id_: [] for id_ in ids}
    for edition_id, id_, role, organisation_id, zh, en in tx.execute(_PARTS, {"ids": ids}):
        organisations[edition_id].append(Part(id_, role, organisation_id, Text(zh, en)))
    umbrellas: dict[str, list[Above]] = {id_: [] for id_ in ids}
    for edition_id, *above in tx.execute(_UMBRELLAS, {"ids": ids}):
        umbrellas[edition_id].append(Above(*above))
    wanted = {part.organisation_id for parts in organisations.values() for part in parts if part.organisation_id}
    wanted |= {edition.owner_id for edition in editions}
    nodes = tx.execute(_NODES, {"ids": list(wanted)}).all()
    return Around(
        series=series_by_id(tx, (edition.series_id for edition in editions)),
        organisations=organisations,
        umbrellas=umbrellas,
        names={id_: Text(zh, en) for id_, _path, zh, en in nodes},
        paths={id_: ids_on(path) for id_, path, *_name in nodes},
    )


def outs_of(tx: Session, caller: Caller | None, editions: Sequence[Edition]) -> list[EditionOut]:
    """Return editions as they are answered to the caller."""
    context = around(tx, editions)
    above = {u.umbrella_edition_id for umbrellas in context.umbrellas.values() for u in umbrellas} - {None}
    rows = tx.execute(_ABOVE, {"ids": list(above)}) if above else ()
    seen = {id_ for id_, state, path in rows if may_see(caller, ids_on(path), id_, state)}
    return [_out(edition, context, caller, seen) for edition in editions]


def out_of(tx: Session, caller: Caller | None, edition: Edition) -> EditionOut:
    """Return one edition as it is answered to the caller."""
    return outs_of(tx, caller, [edition])[0]


def _out(edition: Edition, context: Around, caller: Caller | None, seen: Collection[str]) -> EditionOut:
    inside = is_insider(caller, context.paths.get(edition.owner_id, ()), edition.id)
    series, umbrellas = context.series[edition.series_id], context.umbrellas[edition.id]
    own: dict[str, Any] = {name: getattr(edition, name) for name in EditionOut.model_fields if name in _FIELDS}
    if not inside:
        own |= {"approval": None, "requires_approval": None, "copied_from_id": None}
    return EditionOut.model_validate(
        own
        | {
            "series_slug": series.slug,
            "series_name": series.name,
            "organisations": [
                OrganisationPartOut(role=p.role, organisation_id=p.organisation_id, name=context.printed(p))
                for p in context.organisations[edition.id]
            ],
            "umbrella_series": [u.series_id for u in umbrellas if u.series_id],
            "umbrella_editions": [u.umbrella_edition_id for u in umbrellas if u.umbrella_edition_id in seen],
            "inside": inside,
        }
    )


_FIELDS = frozenset(_COLUMNS.keys()) | {
    "name", "description", "city", "standing_note", "secretariat", "subtitle", "venue_text",
}  # fmt: skip


def state_of(tx: Session, edition: Edition) -> EditionState:
    """Return what a fact says of an edition."""
    context = around(tx, [edition])
    umbrellas = context.umbrellas[edition.id]
    values = {name: getattr(edition, name) for name in EditionState.model_fields if name in _FIELDS}
    return EditionState(
        **values,
        edition_id=edition.id,
        umbrella_series=tuple(u.series_id for u in umbrellas if u.series_id),
        umbrella_editions=tuple(u.umbrella_edition_id for u in umbrellas if u.umbrella_edition_id),
        organisations=tuple(
            (part.role, part.organisation_id) for part in context.organisations[edition.id] if part.organisation_id
        ),
    )


def editions_below(tx: Session, edition_ids: Iterable[str]) -> list[str]:
    """Return the ids of all editions that stand under some, at any depth."""
    found: dict[str, None] = {}
    level = list(edition_ids)
    while level:
        rows = select(EditionUmbrella.edition_id).where(EditionUmbrella.umbrella_edition_id.in_(level))
        level = [id_ for id_ in tx.scalars(rows) if id_ not in found]
        found.update(dict.fromkeys(level))
    return list(found)


def editions_around(
    tx: Session, editions: Sequence[str] = (), series_id: str = "", organisation_id: str = ""
) -> list[str]:
    """Return the ids of the editions named, of those of a series, and of those in which an organisation has a part."""
    ids = [*editions, *(editions_of_series(tx, series_id) if series_id else ())]
    if organisation_id:
        parts = select(EditionOrganisation.edition_id).where(EditionOrganisation.organisation_id == organisation_id)
        own = or_(Edition.owner_id == organisation_id, Edition.id.in_(parts))
        ids += tx.scalars(select(Edition.id).where(own))
    return sorted(set(ids))


def editions_of_series(tx: Session, series_id: str) -> list[str]:
    """Return the ids of the editions of a series and of all series under it, and of those placed under any of them."""
    series, level = {series_id}, [series_id]
    while level:
        level = [id_ for id_ in tx.scalars(select(Series.id).where(Series.umbrella_id.in_(level))) if id_ not in series]
        series.update(level)
    own = list(tx.scalars(select(Edition.id).where(Edition.series_id.in_(series))))
    placed = select(EditionUmbrella.edition_id).where(EditionUmbrella.series_id.in_(series))
    ids = [*own, *tx.scalars(placed)]
    return sorted({*ids, *editions_below(tx, ids)})


def editions_above(tx: Session, edition_ids: Iterable[str]) -> list[str]:
    """Return the ids of all editions above some, and of those themselves; ends where a loop would begin."""
    above: dict[str, None] = {}
    level = list(edition_ids)
    while level:
        above.update(dict.fromkeys(level))
        rows = select(EditionUmbrella.umbrella_edition_id).where(EditionUmbrella.edition_id.in_(level))
        level = [id_ for id_ in tx.scalars(rows) if id_ and id_ not in above]
    return list(above)


def topics_of(tx: Session, edition: Edition) -> tuple[Topic, ...]:
    """Return what everything dated of an edition belongs to: itself, its series, umbrellas that are public, organisations."""
    above = editions_above(tx, [edition.id])
    known = or_(Edition.id == edition.id, Edition.state.in_(PUBLIC))
    editions = list(tx.scalars(select(Edition).where(Edition.id.in_(above), known)))
    editions.sort(key=lambda one: above.index(one.id))
    ids = [one.id for one in editions]
    umbrellas = select(EditionUmbrella.series_id).where(EditionUmbrella.edition_id.in_(ids))
    direct = [*(one.series_id for one in editions), *(id_ for id_ in tx.scalars(umbrellas) if id_)]
    series = series_by_id(tx, (upper for id_ in direct for upper in umbrellas_above(tx, id_)))
    parts = select(EditionOrganisation.organisation_id).where(EditionOrganisation.edition_id == edition.id)
    wanted = {edition.owner_id, *(id_ for id_ in tx.scalars(parts) if id_)}
    nodes = tx.scalars(select(Node).where(Node.id.in_(wanted)).order_by(Node.id))
    return (
        *(Topic(key=f"edition:{one.id}", slug=one.slug, title=one.name) for one in editions),
        *(Topic(key=f"series:{one.id}", slug=one.slug, title=one.name) for _, one in sorted(series.items())),
        *(Topic(key=f"organisation:{node.id}", slug=node.slug, title=node.name) for node in nodes),
    )


def tags_of(tx: Session, edition: Edition) -> tuple[str, ...]:
    """Return the tags of the public answers that show an edition: its own, its series', its umbrellas', the lists."""
    ids = [topic.key for topic in topics_of(tx, edition) if not topic.key.startswith("organisation:")]
    return ("events", *ids)


def dates_of(tx: Session, edition: Edition) -> EditionDates:
    """Return what of an edition goes into its entries."""
    context = around(tx, [edition])
    hosts = [context.printed(part) for part in context.organisations[edition.id] if part.role == "host"]
    owner = context.names.get(edition.owner_id)
    named = hosts or ([] if owner is None else [owner])
    contact = (edition.secretariat.in_("zh"), edition.contact_email, edition.contact_phone)
    return EditionDates(
        id=edition.id,
        link=f"/events/{context.series[edition.series_id].slug}/{edition.slug}",
        name=edition.name,
        description=edition.description,
        place=place_of(edition),
        zone=edition.zone,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        precision=edition.date_precision,
        tentative=edition.tentative,
        standing=edition.standing,
        standing_note=edition.standing_note,
        standing_on=edition.standing_at.astimezone(ZoneInfo(edition.zone)).date() if edition.standing_at else None,
        has_programme=edition.has_programme,
        organizer=Text("、".join(n.in_("zh") for n in named), ", ".join(n.in_("en") for n in named)) if named else None,
        contact=" ".join(filter(None, contact)) or None,
        topics=topics_of(tx, edition),
    )


def place_of(edition: Edition) -> Text:
    """Return the place of an edition as people say it: city and venue in Chinese, venue, city in English.

    A venue whose Chinese name begins with the city says it already.
    """
    city, venue = edition.city, edition.venue_text
    zh = ("" if venue.in_("zh").startswith(city.in_("zh")) else city.in_("zh"), venue.in_("zh"))
    en = (venue.in_("en"), city.in_("en"))
    return Text(" ".join(filter(None, zh)), ", ".join(filter(None, en)))


def key_dates_of(tx: Session, edition_id: str) -> list[KeyDate]:
    """Return the key dates of an edition in order of time."""
    rows = select(KeyDate).where(KeyDate.edition_id == edition_id)
    return list(tx.scalars(rows.order_by(KeyDate.order_at, KeyDate.id)))


def facts_of(key_date: KeyDate) -> KeyDateFacts:
    """Return what of a key date goes into its entry."""
    return KeyDateFacts(**{name: getattr(key_date, name) for name in KeyDateFacts.__slots__})
