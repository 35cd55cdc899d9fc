"""Routes of the public pages of awards. Everybody gets them alike; they turn at midnight, and when a call opens or ends."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.orm import Session

from services.awards.pages import queries
from services.awards.pages.leaves import accepted_page_of, awards_page, cycle_page, make_pages, programme_page
from shared.messages.awards import AwardsViewChanged
from shared.pages.answers import Reading, Renderer, renderer_of
from shared.pages.leaf import Leaf
from shared.text import Language
from shared.web import Now, reads

router = APIRouter(prefix="/{language}/awards")
notices = APIRouter(prefix="/{language}/notices")

READ = ["GET", "HEAD"]
RendererDep = Annotated[Renderer, Depends(renderer_of(make_pages, AwardsViewChanged))]
Slug = Annotated[str, Path(max_length=80)]
ListId = Annotated[str, Path(max_length=36)]


@router.api_route("", methods=READ)
@reads
def show_calls(tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language) -> Response:
    """Show what is open, what opens soon, what was closed lately, and all programmes."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        return awards_page(language, queries.list_calls(tx), queries.programme_cards(tx), now), ("awards",)

    return Reading(tx, request, renderer, now).kept("", make, by_day=True)


@router.api_route("/programmes/{slug}", methods=READ)
@reads
def show_programme(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, slug: Slug
) -> Response:
    """Show a programme, and what its latest cycle says."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        shown, tags = queries.load_programme(tx, slug, now)
        return programme_page(language, shown, now), tags

    return Reading(tx, request, renderer, now).kept("", make, by_day=True)


@router.api_route("/cycles/{slug}", methods=READ)
@reads
def show_cycle(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, slug: Slug
) -> Response:
    """Show an announced cycle: its dates, what is selected, who may stand, and what is handed in."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        shown, tags = queries.load_cycle(tx, slug, now)
        return cycle_page(language, shown, now), tags

    return Reading(tx, request, renderer, now).kept("", make, by_day=True)


@router.api_route("/cycles/{slug}/accepted", methods=READ)
@reads
def show_accepted(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, slug: Slug
) -> Response:
    """Show who was accepted in a cycle, and until when objections are taken."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        shown, tags = queries.load_accepted(tx, slug, now)
        return accepted_page_of(language, shown), tags

    return Reading(tx, request, renderer, now).kept("", make)


@notices.api_route("/{list_id}", methods=READ)
@reads
def show_notice(
    tx: Session, request: Request, now: Now, renderer: RendererDep, language: Language, list_id: ListId
) -> Response:
    """Show an accepted list as it was published, and whether it was corrected since."""

    def make() -> tuple[Leaf, tuple[str, ...]]:
        shown, tags = queries.load_notice(tx, list_id, now)
        return accepted_page_of(language, shown), tags

    return Reading(tx, request, renderer, now).kept("", make)
