"""Routes of the public pages. What everybody gets alike is kept under the state of all that is public; the rest is made anew."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from services.events.exchange.formats import PUBLIC
from services.events.exchange.queries import told_of
from services.events.exchange.released import released_programme
from services.events.pages import queries
from services.events.pages.articles import changes_page, release_page, session_page
from services.events.pages.asked import Addresses
from services.events.pages.catalogue import events_page, series_page
from services.events.pages.leaf import Draft, Frame, make_pages
from services.events.pages.programme import Known, Programme
from services.events.pages.rules import Withdrawn
from services.events.pages.schemas import EventsQuery, Number, PageQuery, ProgrammeQuery, SessionId, Slug, Token
from services.events.pages.views import view_page
from services.events.pages.way import Way
from services.events.previews.queries import get_preview
from shared.messages.events import EventsViewChanged
from shared.pages import wording
from shared.pages.answers import MINUTE, OWN, SHARED, Made, Reading, Renderer, answer, renderer_of
from shared.pages.leaf import Leaf
from shared.pages.render import TAGS, localised
from shared.pages.rules import NoSuchPage
from shared.pages.wording import spoken
from shared.text import Language
from shared.web import Now, reads

router = APIRouter(prefix="/{language}/events")
files = APIRouter(prefix="/events")
"""What is the same in every language."""

READ = ["GET", "HEAD"]
RendererDep = Annotated[Renderer, Depends(renderer_of(make_pages, EventsViewChanged))]


@dataclass(frozen=True, slots=True)
class EditionReading:
    """One request for a page of an edition, as its address names it; `rest` is what stands behind the edition in it."""

    reading: Reading
    language: Language
    series: str
    slug: str
    rest: str = ""

    def kept(self, asked: str, make: Callable[[Known, Frame], Leaf], *, by_day: bool = False) -> Response:
        """Answer with a page that is the same for everybody; an address that is no longer its own leads to that."""

        def found() -> tuple[Leaf, tuple[str, ...]] | str:
            edition, path = queries.find_page(self.reading.tx, self.slug)
            if path != self.path:
                return localised(self.language, path + self.rest)
            known = self.known(edition.id)
            return make(known, self.frame(known)), known.tags

        return self.reading.kept(asked, found, by_day=by_day)

    @property
    def path(self) -> str:
        """Return the path that was asked for."""
        return f"/events/{self.series}/{self.slug}"

    def known(self, edition_id: str) -> Known:
        """Return the edition and its programme, loaded once for each state of all that is public."""
        tx, renderer = self.reading.tx, self.reading.renderer
        key: Hashable = (renderer.state(tx), edition_id)
        known: Known = renderer.loaded.get(key, lambda: queries.load(tx, edition_id, self.reading.now))
        return known

    def frame(self, known: Known, stars: tuple[str, ...] = ()) -> Frame:
        """Return what the edition's pages stand in."""
        site = self.reading.renderer.pages.site.address
        return Frame(known.edition, Addresses(self.language, self.path, stars, site))


@router.api_route("", methods=READ)
@reads
def show_events(
    tx: Session,
    request: Request,
    now: Now,
    renderer: RendererDep,
    language: Language,
    query: Annotated[EventsQuery, Query()],
) -> Response:
    """Show what is on, coming and past, and the series."""
    asked = query.asked()
    return Reading(tx, request, renderer, now).kept(
        asked.query(),
        lambda: (events_page(language, queries.top_cards(tx), queries.series_cards(tx), asked, now), ("events",)),
        by_day=True,
    )


@router.api_route("/preview/{token}", methods=READ)
@reads
def show_preview(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, token: Token,
    query: Annotated[ProgrammeQuery, Query()],
) -> Response:  # fmt: skip
    """Show a draft to whoever has a link to it."""
    asked = query.asked()
    frame, programme = _draft(tx, renderer, now, language, token, asked.star)
    return answer(request, renderer.make(view_page(Way(frame, programme, now), asked), OWN))


@router.api_route("/preview/{token}/sessions/{session_id}", methods=READ)
@reads
def show_previewed_session(
    tx: Session,
    request: Request,
    now: Now,
    renderer: RendererDep,
    language: Language,
    token: Token,
    session_id: SessionId,
) -> Response:
    """Show a session of a draft."""
    frame, programme = _draft(tx, renderer, now, language, token)
    return answer(request, renderer.make(session_page(frame, programme, session_id), OWN))


@router.api_route("/{series}", methods=READ)
@reads
def show_series(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, series: Slug
) -> Response:
    """Show a series and its editions."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        shown, tags = queries.load_series(tx, series)
        return series_page(language, shown, now), tags

    return Reading(tx, request, renderer, now).kept("", make, by_day=True)


@router.api_route("/{series}/{slug}", methods=READ)
@reads
def show_programme(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, series: Slug, slug: Slug,
    query: Annotated[ProgrammeQuery, Query()],
) -> Response:  # fmt: skip
    """Show the programme of an edition in one of its views, or what is known of an edition without one."""
    asked = query.asked()
    reading = EditionReading(Reading(tx, request, renderer, now), language, series, slug)
    if asked.shared:
        by_day = asked.view in ("day", "room") and not asked.day and not asked.room
        return reading.kept(
            asked.query(), lambda known, frame: view_page(Way(frame, known.programme, now), asked), by_day=by_day
        )
    edition, path = queries.find_page(tx, slug)
    if path != reading.path:
        return RedirectResponse(f"{localised(language, path)}?{request.url.query}", 301)
    known = reading.known(edition.id)
    leaf = view_page(Way(reading.frame(known, asked.star), known.programme, now), asked)
    return answer(request, renderer.make(leaf, OWN if asked.star else MINUTE))


@router.api_route("/{series}/{slug}/changes", methods=READ)
@reads
def show_changes(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, series: Slug, slug: Slug
) -> Response:
    """Show every release with what it changed."""
    reading = EditionReading(Reading(tx, request, renderer, now), language, series, slug, "/changes")
    return reading.kept("", lambda known, frame: changes_page(frame, queries.stories(tx, known.edition.card, now)))


@router.api_route("/{series}/{slug}/changes/{number}", methods=READ)
@reads
def show_release(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, series: Slug, slug: Slug,
    number: Number, query: Annotated[PageQuery, Query()],
) -> Response:  # fmt: skip
    """Show what one release changed."""

    def make(known: Known, frame: Frame) -> Leaf:
        found = queries.stories(tx, known.edition.card, now, number)
        if not found:
            raise NoSuchPage()
        release, changes = found[0]
        return release_page(frame, release, changes, query.part)

    reading = EditionReading(Reading(tx, request, renderer, now), language, series, slug, f"/changes/{number}")
    return reading.kept(str(query.part), make)


@router.api_route("/{series}/{slug}/sessions/{session_id}", methods=READ)
@reads
def show_session(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, series: Slug, slug: Slug,
    session_id: SessionId,
) -> Response:  # fmt: skip
    """Show a session."""

    def make(known: Known, frame: Frame) -> Leaf:
        if session_id in known.gone:
            raise Withdrawn()
        return session_page(frame, known.programme, session_id)

    return EditionReading(Reading(tx, request, renderer, now), language, series, slug, f"/sessions/{session_id}").kept(
        "", make
    )


@files.api_route("/{series}/{slug}/{file}", methods=READ)
@reads
def get_file(
    tx: Session, request: Request, now: Now, renderer: RendererDep, series: Slug, slug: Slug, file: Slug
) -> Response:
    """Take along what everybody may see of a programme, as a file."""
    reading, form = EditionReading(Reading(tx, request, renderer, now), "zh", series, slug), PUBLIC.get(file)
    if form is None or form.write is None:
        raise NoSuchPage()
    written = form.write

    def find() -> tuple[Callable[[], Made], tuple[str, ...]] | str:
        edition, path = queries.find_page(tx, slug)
        known = reading.known(edition.id)
        if known.edition.release is None:
            raise NoSuchPage()
        sessions = [(each.id, each.content) for each in known.programme.sessions]
        says, name = released_programme(told_of(edition), known.edition.release.number, sessions), slug + form.ending

        def write() -> Made:
            content, language = written(says), TAGS[says.language]
            return Made.of(content, language, SHARED, known.tags, media_type=form.media_type, filename=name)

        return (write, known.tags) if path == reading.path else f"{path}/{file}"

    return reading.reading.kept("", find)


def _draft(
    tx: Session, renderer: Renderer, now: datetime, language: Language, token: str, stars: tuple[str, ...] = ()
) -> tuple[Frame, Programme]:
    """Return a draft, and what its pages stand in; raise `NotFound` or `PreviewEnded`."""
    preview = get_preview(tx, token, now)
    edition, sessions = preview.edition, queries.drafted(preview.programme)
    ends = preview.expires_at.astimezone(ZoneInfo(edition.zone)).replace(tzinfo=None)
    until = spoken(lambda side: f"{wording.short_day(side, ends)} {wording.clock(ends)}")
    path = f"/events/preview/{token}"
    shown = queries.shown_edition(tx, edition, None, sessions)
    addresses = Addresses(language, path, stars, renderer.pages.site.address)
    return Frame(shown, addresses, Draft(path, until)), Programme(sessions, edition.day_change)
