"""A programme that can be released and looked at, on the service's own application."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from lxml import html

from services.events.editions import api as editions_api
from services.events.editions.actions import TURN, turn_edition
from services.events.pages import api as pages_api
from services.events.pages.reactions import PAGE_REACTIONS
from services.events.previews import api as previews_api
from services.events.releases import api as releases_api
from services.events.series import api as series_api
from services.events.umbrellas import api as umbrellas_api
from shared.pages.front import Front
from shared.service import build_app
from tests.events.draft import Draft, make_draft

HOME = "/en/events/forum/forum-2026"


@dataclass
class Site:
    """The draft's service with its pages, as a reader's browser asks for them."""

    draft: Draft

    def __post_init__(self) -> None:
        service = self.draft.runtime.service
        self.draft.runtime.service = replace(
            service,
            pages=(pages_api.router,),
            front=Front,
            reactions=PAGE_REACTIONS,
            jobs=dict(service.jobs) | {TURN: turn_edition},
        )
        self.draft.runtime.__post_init__()
        self.draft.transport = httpx.ASGITransport(build_app(self.draft.runtime.service, self.draft.runtime))

    def ask(self, path: str = HOME, method: str = "GET", **headers: str) -> httpx.Response:
        """Return what a browser is answered; a path without a language is added to the edition's own."""
        url = path if path.startswith(("/en/", "/zh/")) else f"{HOME}{path}"
        names = {name.replace("_", "-"): value for name, value in headers.items()}

        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.draft.transport, base_url="http://events") as client:
                return await client.request(method, url, headers=names)

        return anyio.run(asking)

    def text(self, path: str = HOME) -> str:
        """Return the words of a page."""
        return " ".join(self.tree(path).text_content().split())

    def tree(self, path: str = HOME) -> Any:
        """Return a page's `main`, parsed."""
        answer = self.ask(path)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return html.document_fromstring(answer.text).xpath("//main")[0]

    def titles(self, path: str = HOME) -> list[str]:
        """Return the sessions that a page lists."""
        return [each.text_content() for each in self.tree(path).xpath("//li/h3/a | //li/div/*[self::h3 or self::h4]/a")]

    def release(self) -> int:
        """Release the draft; return the number of the release."""
        number: int = self.draft.post("/releases", {}, 201)["number"]
        return number

    def change(self, **values: Any) -> Any:
        """Change the edition through its own route."""
        now = self.draft.get("")
        answer = self.draft.ask("PATCH", f"/editions/{self.draft.id}", json=values, version=now["version"])
        assert answer.status_code == 200, answer.text
        return answer.json()

    def step(self, verb: str, **body: Any) -> None:
        """Do a deed to the edition."""
        version = self.draft.get("")["version"]
        answer = self.draft.ask("POST", f"/editions/{self.draft.id}/{verb}", json=body, version=version)
        assert answer.status_code == 200, answer.text

    def settle(self) -> None:
        """Do every job that is due."""
        while self.draft.runtime.worker.run_due():
            pass


@pytest.fixture
def site(database: str, tmp_path: Path) -> Iterator[Site]:
    """Make three sessions on the first day, each in a room of its own; nothing is released."""
    draft = make_draft(
        tmp_path, editions_api.router, series_api.router, umbrellas_api.router, releases_api.router, previews_api.router
    )
    made = Site(draft)
    for name, room, people in (("opening", "hall", []), ("talk", "east", ["li"]), ("panel", "west", ["wang", "li2"])):
        draft.add_session(name, people)
        draft.place(name, "09:00", room)
    yield made
    draft.db.close()
