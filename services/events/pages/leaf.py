"""What every page of one edition stands in, and the renderer of this service's pages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.events.pages.asked import Addresses
from services.events.pages.names import name_of
from services.events.pages.shown import EditionShown, ReleaseShown
from services.events.pages.strings import STRINGS
from shared.pages.leaf import Leaf
from shared.pages.render import Pages, PublicPage, Site
from shared.text import Language, Text


@dataclass(frozen=True, slots=True)
class Draft:
    """That a page shows a draft: under which path, and until when in words."""

    path: str
    until: Text


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one edition stands in."""

    edition: EditionShown
    addresses: Addresses
    draft: Draft | None = None

    @property
    def language(self) -> Language:
        """Return the language of the page."""
        return self.addresses.language

    def leaf(self, template: str, *, title: Text | str = "", suffix: str = "", query: str = "", **context: Any) -> Leaf:
        """Make a page of the edition; `title` says which, `suffix` follows the edition's own path."""
        name = self.edition.card.title
        whole = Text(*(f"{self._side(title, s)} · {name.in_(s)}" if title else name.in_(s) for s in ("zh", "en")))
        feed = STRINGS["edition.feed"].format(title=name).in_(self.language)
        page = PublicPage(
            self.language,
            self.addresses.path + suffix,
            whole,
            description=self.description(),
            query=query,
            section="events",
            indexed=self.draft is None,
            feeds=() if self.draft else ((feed, self.feed()),),
        )
        told = {"edition": self.edition, "addresses": self.addresses, "draft": self.draft, "feed": self.feed()}
        return Leaf(template, page, told | context)

    def feed(self) -> str:
        """Return the address of the edition's calendar."""
        return f"/calendars/editions/{self.edition.slug}.ics"

    def description(self) -> Text:
        """Return when and where the edition is held, in one line."""
        card = self.edition.card
        parts = (card.days.words(), card.place)
        return Text(*(" · ".join(filter(None, (part.in_(side) for part in parts))) for side in ("zh", "en")))

    @staticmethod
    def _side(words: Text | str, language: Language) -> str:
        return words if isinstance(words, str) else words.in_(language)


def counted(release: ReleaseShown) -> Text:
    """Return how many sessions a release added, moved, cancelled and changed, in words."""
    parts = [name_of("counted", kind).format(n=n) for kind, n in release.counts if n]
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def make_pages(site: Site) -> Pages:
    """Return the renderer of this service's pages."""
    return Pages(site, Path(__file__).parent / "templates", STRINGS, label=name_of)
