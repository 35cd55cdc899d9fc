"""The gateway's own pages in two languages: every problem explained, one refusal shown, the API's reader."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from gateway.openapi import Chapters
from gateway.pages.strings import STRINGS
from gateway.reader import reader_assets
from shared.errors import NotFound, Refusal, all_refusals
from shared.pages.render import Pages, PublicPage, Site
from shared.problems import status_of
from shared.settings import Settings
from shared.text import Language, Text

_FACT = re.compile(r"\{(\w+)[^}]*\}")


class OwnPages:
    """Renders the gateway's pages."""

    def __init__(self, settings: Settings) -> None:
        name = Text(settings.site_name_zh, settings.site_name_en)
        self._pages = Pages(Site(name, settings.address()), Path(__file__).parent / "pages/templates", STRINGS)

    def problems(self, language: Language) -> str:
        """List every problem type."""
        rows = [explained(kinds[0]) for _, kinds in sorted(problem_types().items())]
        page = PublicPage(language, "/problems", STRINGS["problems.title"], STRINGS["problems.lead"])
        return self._pages.render("problems.html", page, problems=sorted(rows, key=lambda row: (row.status, row.slug)))

    def problem(self, language: Language, slug: str) -> str:
        """Explain one problem type; raises `NotFound`."""
        kinds = problem_types().get(slug)
        if kinds is None:
            raise NotFound()
        page = PublicPage(language, f"/problems/{slug}", kinds[0].title)
        return self._pages.render("problem.html", page, problems=[explained(kind) for kind in kinds])

    def refused(self, language: Language, path: str, body: bytes) -> str:
        """Show a reader the problem that a page was refused with; `path` is without language."""
        told: Mapping[str, Any] = json.loads(body)
        shown = {name: told.get(name, "") for name in ("status", "title", "detail", "request_id")}
        title = Text(**{language: str(shown["title"])})
        page = PublicPage(language, path, title, indexed=False)
        return self._pages.render("refused.html", page, problem=SimpleNamespace(**shown))

    def docs(self, language: Language, chapters: Chapters) -> str:
        """List every operation of the API; needs no script."""
        page = PublicPage(language, "/api/docs", STRINGS["docs.title"], STRINGS["docs.lead"])
        style = next(file for file in reader_assets() if "/docs-" in file)
        return self._pages.render("docs.html", page, style=style, chapters=chapters)

    def reader(self, language: Language) -> str:
        """Return the page that runs the bundled reader, where operations can be tried; a tool, and no page to be read."""
        page = PublicPage(language, "/api/docs/reader", STRINGS["reader.title"], STRINGS["reader.lead"], indexed=False)
        files = list(reader_assets())
        styles, scripts = ([file for file in files if file.endswith(kind)] for kind in (".css", ".js"))
        return self._pages.render("reader.html", page, styles=styles, scripts=scripts)


def problem_types() -> dict[str, list[type[Refusal]]]:
    """Return every refusal that this process knows, by its slug."""
    found: dict[str, list[type[Refusal]]] = {}
    for kind in all_refusals():
        kinds = found.setdefault(kind.slug(), [])
        if kind not in kinds:
            kinds.append(kind)
    return found


def explained(kind: type[Refusal]) -> SimpleNamespace:
    """Return what a page tells of a refusal; the facts of a case are shown by their names."""
    return SimpleNamespace(
        slug=kind.slug(),
        status=status_of(kind),
        title=kind.title,
        detail=Text(_FACT.sub(r"〈\1〉", kind.detail.zh), _FACT.sub(r"‹\1›", kind.detail.en)),
        rule=Text(en=" ".join((kind.__doc__ or "").split())),
        retry_after=kind.retry_after,
    )
