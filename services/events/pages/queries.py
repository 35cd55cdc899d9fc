"""What public pages show, loaded from the tables: only what everybody may see, with every name as readers are told it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition, EditionUmbrella
from services.events.editions.queries import Above, around, get_edition, key_dates_of, place_of
from services.events.editions.rules import PUBLIC, OrganisationRole
from services.events.pages.catalogue import SeriesCard
from services.events.pages.programme import Known, Programme
from services.events.pages.shown import (
    Approval,
    Days,
    EditionCard,
    EditionShown,
    KeyDateShown,
    Part,
    ReleaseShown,
    SeriesShown,
    Shown,
)
from services.events.releases.content import State, from_json
from services.events.releases.diff import Change, ChangeKind, compare
from services.events.releases.models import Release, ReleasedSession
from services.events.releases.queries import EVERYBODY, Released, changes_between, find_release, list_releases
from services.events.series.models import Series
from services.events.series.queries import SeriesNamed, aliases_of, series_by_id
from shared.pages.leaf import Link
from shared.pages.rules import NoSuchPage
from shared.text import Text
from shared.tree import names_of

MOST_EDITIONS = 3_000
"""Editions on the page of all events, the latest first."""


def find_page(tx: Session, slug: str) -> tuple[Edition, str]:
    """Return the public edition with this slug or former slug, and the path of its pages; raise `NotFound`."""
    edition = get_edition(tx, None, slug)
    return edition, path_of(edition, tx.get_one(Series, edition.series_id))


def path_of(edition: Edition, series: Series | SeriesNamed) -> str:
    """Return the address of an edition's pages, without the language."""
    return f"/events/{series.slug}/{edition.slug}"


def load(tx: Session, edition_id: str, now: datetime) -> Known:
    """Return an edition and its programme as everybody is shown them now."""
    edition = tx.get_one(Edition, edition_id)
    released = _released(tx, edition.id, now)
    last = find_release(tx, edition.id)
    shown = [each for each in released if each.content.state is not State.WITHDRAWN]
    gone = frozenset(each.id for each in released if each.content.state is State.WITHDRAWN)
    return Known(
        shown_edition(tx, edition, last, shown),
        Programme(_with_news(shown, last.number if last else 0), edition.day_change),
        gone,
        tags_of(tx, edition),
    )


def _released(tx: Session, edition_id: str, now: datetime) -> list[Shown]:
    """Return the sessions of the newest release with what was said of each before, as far as everybody may see it."""
    of_edition = ReleasedSession.edition_id == edition_id
    current = tx.scalars(select(ReleasedSession).where(of_edition, ReleasedSession.valid_to.is_(None))).all()
    ends = {row.valid_from for row in current if row.valid_from > 1}
    earlier = select(ReleasedSession).where(of_edition, ReleasedSession.valid_to.in_(ends))
    was = {(row.session_id, row.valid_to): from_json(row.content) for row in tx.scalars(earlier)} if ends else {}
    sessions = (
        Shown(row.session_id, from_json(row.content), row.valid_from, was.get((row.session_id, row.valid_from)))
        for row in current
    )
    return [_as_seen(session, now) for session in sessions if EVERYBODY.sees(session.content, now)]


def _as_seen(session: Shown, now: datetime) -> Shown:
    if session.was is None or EVERYBODY.sees(session.was, now):
        return session
    return Shown(session.id, session.content, session.since)


def _with_news(sessions: Iterable[Shown], number: int) -> list[Shown]:
    return [
        Shown(each.id, each.content, each.since, each.was, _news(each)) if each.since == number > 1 else each
        for each in sessions
    ]


def _news(session: Shown) -> str:
    before = {session.id: session.was} if session.was else {}
    changes = compare(before, {session.id: session.content})
    kinds = {ChangeKind.ADDED: "new", ChangeKind.MOVED: "moved"}
    return kinds.get(changes[0].kind, "") if changes else ""


def drafted(programme: Iterable[Released]) -> list[Shown]:
    """Return the sessions of a draft as its pages show them."""
    return [Shown(each.session_id, each.content, each.since) for each in programme]


def shown_edition(tx: Session, edition: Edition, last: Release | None, sessions: Sequence[Shown] = ()) -> EditionShown:
    """Return everything of an edition that its pages tell beside the sessions."""
    context = around(tx, [edition])
    umbrellas = context.umbrellas[edition.id]
    under = select(EditionUmbrella.edition_id).where(EditionUmbrella.umbrella_edition_id == edition.id)
    parts = context.organisations[edition.id]
    return EditionShown(
        card=card_of(edition, context.series[edition.series_id]),
        slug=edition.slug,
        description=edition.description,
        subtitle=edition.subtitle,
        venue=place_of(edition),
        address=next((each.content.place.address for each in sessions if each.content.place), Text()),
        standing_note=edition.standing_note,
        has_programme=edition.has_programme,
        organisations=tuple(
            Part(role, names)
            for role in OrganisationRole
            if (names := tuple(context.printed(part) for part in parts if part.role == role))
        ),
        approval=_approval(edition),
        key_dates=tuple(
            KeyDateShown(
                row.title,
                row.description,
                row.on,
                row.until_on,
                row.at_local,
                row.until_local,
                row.zone or "",
                row.status,
            )
            for row in key_dates_of(tx, edition.id)
        ),
        secretariat=edition.secretariat,
        email=edition.contact_email,
        phone=edition.contact_phone,
        umbrellas=_umbrellas(tx, umbrellas),
        members=tuple(cards(tx, Edition.id.in_(under))),
        release=release_shown(last, edition.zone) if last else None,
    )


def _approval(edition: Edition) -> Approval | None:
    told = edition.approval or {}
    authority = Text(**told["authority"]) if told.get("authority") else Text()
    if not authority:
        return None
    on = told.get("approved_on")
    return Approval(authority, str(told.get("number") or ""), datetime.fromisoformat(on).date() if on else None)


def _umbrellas(tx: Session, umbrellas: Sequence[Above]) -> tuple[Link, ...]:
    ids = [umbrella.umbrella_edition_id for umbrella in umbrellas if umbrella.umbrella_edition_id]
    above = [Link(card.title, card.path) for card in cards(tx, Edition.id.in_(ids))] if ids else []
    series = series_by_id(tx, (umbrella.series_id for umbrella in umbrellas if umbrella.series_id))
    return (*above, *(series_link(each) for each in series.values()))


def series_link(series: Series | SeriesNamed) -> Link:
    """Return the way to a series' page."""
    return Link(series.name, f"/events/{series.slug}")


def release_shown(release: Release, zone: str) -> ReleaseShown:
    """Return a release as pages tell it."""
    made_on = release.made_at.astimezone(ZoneInfo(zone)).date()
    counts = tuple((str(kind), release.counts.get(kind, 0)) for kind in ChangeKind)
    return ReleaseShown(release.number, release.kind, made_on, release.name, release.note, counts)


def stories(
    tx: Session, card: EditionCard, now: datetime, number: int | None = None
) -> list[tuple[ReleaseShown, Sequence[Change]]]:
    """Return the releases of an edition, newest first, or one of them, with what became of its sessions."""
    releases = [each for each in list_releases(tx, card.id) if number in (None, each.number)]
    return [
        (
            release_shown(release, card.zone),
            changes_between(tx, card.id, release.number - 1, release.number, EVERYBODY, now),
        )
        for release in releases
    ]


def card_of(edition: Edition, series: Series | SeriesNamed) -> EditionCard:
    """Return an edition as lists show it."""
    return EditionCard(
        id=edition.id,
        title=edition.name,
        path=path_of(edition, series),
        series=series_link(series),
        kind=series.kind,
        days=Days(edition.starts_on, edition.ends_on, edition.date_precision),
        place=place_of(edition),
        standing=edition.standing,
        state=edition.state,
        tentative=edition.tentative,
        attendance=edition.attendance_mode,
        zone=edition.zone,
    )


def cards(tx: Session, *conditions: object) -> list[EditionCard]:
    """Return the public editions that meet the conditions, in order of their dates."""
    rows = select(Edition, Series).join(Series, Series.id == Edition.series_id)
    rows = rows.where(Edition.state.in_(PUBLIC), *conditions)  # type: ignore[arg-type]
    rows = rows.order_by(Edition.order_on.desc(), Edition.id).limit(MOST_EDITIONS)
    return [card_of(edition, series) for edition, series in reversed(tx.execute(rows).all())]


def top_cards(tx: Session) -> list[EditionCard]:
    """Return the public editions that do not stand under another public one, whose page shows them."""
    above = select(Edition.id).where(Edition.state.in_(PUBLIC))
    under = select(EditionUmbrella.edition_id).where(EditionUmbrella.umbrella_edition_id.in_(above))
    return cards(tx, Edition.id.not_in(under))


def series_cards(tx: Session) -> list[SeriesCard]:
    """Return every series with the number of its public editions."""
    counted = func.count(Edition.id)
    held = and_(Edition.series_id == Series.id, Edition.state.in_(PUBLIC))
    rows = select(Series, counted).outerjoin(Edition, held).group_by(Series.id).order_by(Series.slug)
    return [SeriesCard(each.name, f"/events/{each.slug}", each.kind, count) for each, count in tx.execute(rows)]


def load_series(tx: Session, slug: str) -> tuple[SeriesShown, tuple[str, ...]]:
    """Return a series with what stands under it, and the cache tags of its page; raise `NoSuchPage`."""
    series = tx.scalar(select(Series).where(Series.slug == slug))
    if series is None:
        raise NoSuchPage()
    placed = select(EditionUmbrella.edition_id).where(EditionUmbrella.series_id == series.id)
    members = tx.scalars(select(Series).where(Series.umbrella_id == series.id).order_by(Series.slug)).all()
    umbrella = tx.get(Series, series.umbrella_id) if series.umbrella_id else None
    shown = SeriesShown(
        id=series.id,
        slug=series.slug,
        title=series.name,
        kind=series.kind,
        path=f"/events/{series.slug}",
        description=series.description,
        cadence=series.cadence or "",
        owner=names_of(tx, [series.owner_id]).get(series.owner_id, Text()),
        aliases=tuple((alias.name, alias.from_on, alias.until_on) for alias in aliases_of(tx, [series.id])[series.id]),
        documents=tuple(Text(**document["title"]) for document in series.documents if any(document["title"].values())),
        umbrella=series_link(umbrella) if umbrella else None,
        members=tuple(series_link(each) for each in members),
        editions=tuple(cards(tx, or_(Edition.series_id == series.id, Edition.id.in_(placed)))),
    )
    around_it = [series.id, *(each.id for each in members), *([umbrella.id] if umbrella else [])]
    return shown, tuple(f"series:{id_}" for id_ in around_it)


def tags_of(tx: Session, edition: Edition) -> tuple[str, ...]:
    """Return the cache tags of an edition's pages: its own, its series', and those of the umbrellas that they name."""
    umbrellas = tx.scalars(select(EditionUmbrella).where(EditionUmbrella.edition_id == edition.id)).all()
    editions = [edition.id, *(each.umbrella_edition_id for each in umbrellas if each.umbrella_edition_id)]
    series = dict.fromkeys([edition.series_id, *(each.series_id for each in umbrellas if each.series_id)])
    return (*(f"edition:{id_}" for id_ in editions), *(f"series:{id_}" for id_ in series))
