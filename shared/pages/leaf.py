"""A page before it is rendered: its template, what the layout is told, what the template is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.pages.render import Pages, PublicPage
from shared.text import Text


@dataclass(frozen=True)
class Leaf:
    """One page in one language."""

    template: str
    page: PublicPage
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A thing that has a page; `path` is without the language."""

    title: Text
    path: str


def describing(leaf: Leaf, **changes: object) -> Leaf:
    """Return the page with other things said to its layout."""
    return replace(leaf, page=replace(leaf.page, **changes))  # type: ignore[arg-type]


def render(pages: Pages, leaf: Leaf) -> bytes:
    """Return the page's bytes; the same page gives the same bytes."""
    return pages.render(leaf.template, leaf.page, **leaf.context).encode()
