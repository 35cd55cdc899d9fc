"""Public pages rendered from templates: a service's own over those of this folder, one environment per language.

Templates get `page`, `site`, the functions `say(key)`, `url(path)` and `asset(name)`, those that the service adds, and the
filters of `wording`. What is undefined raises, and so does a key of the string table that nobody wrote. Nothing here reads a clock or a database.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from shared.pages import wording
from shared.pages.assets import asset
from shared.pages.strings import STRINGS
from shared.text import LANGUAGES, Language, Text, sanitise

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""The languages as HTML names them."""

_NO_WORDS = Text()
_TEMPLATES = Path(__file__).parent / "templates"


class UnknownWords(KeyError):
    """A template asks for a key that no string table holds."""


@dataclass(frozen=True)
class Site:
    """The installation: its name, and the address people use, without a slash at the end."""

    name: Text
    address: str


@dataclass(frozen=True)
class PublicPage:
    """One page in one language; `path` and `query` are without the language, so that the other one is known too."""

    language: Language
    path: str
    title: Text
    description: Text = _NO_WORDS
    query: str = ""
    section: str = ""
    """Which entry of the main navigation is current: `events`, `awards`, `calendars`, `sign-in` or none."""
    kind: str = "website"
    """OpenGraph's type."""
    image: str = ""
    indexed: bool = True
    feeds: Sequence[tuple[str, str]] = ()
    """Titles and addresses of calendars that belong to the page."""
    linked_data: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None
    """What the page is about, in schema.org's words."""
    viewer: str = ""
    """The name of who is signed in; never set on a page that is stored or shared."""

    def url(self, language: Language) -> str:
        """Return the page's own address in `language`, with its query."""
        return localised(language, self.path) + (f"?{self.query}" if self.query else "")


def localised(language: Language, path: str) -> str:
    """Return the address of a bare path in `language`: `/events` is `/zh/events`, and `/` is `/zh`."""
    return f"/{language}{path}".rstrip("/")


def side(language: Language, words: Text | str) -> str:
    """Return the words in `language`, or in the other one where that side is empty; a plain string as it is."""
    return words if isinstance(words, str) else words.in_(language)


def marked(language: Language, words: Text | str) -> Markup | str:
    """Return the words for a page's body, marked with the language they are in where it is not the page's own.

    Chinese may break after the point that joins two names, since its titles are kept whole between punctuation.
    """
    if isinstance(words, str) or getattr(words, language) or not words:
        own = side(language, words)
        return Markup(escape(own).replace("·", Markup("·<wbr>"))) if language == "zh" and "·" in own else own
    (other,) = (each for each in LANGUAGES if each != language)
    return Markup('<span lang="{}">{}</span>').format(TAGS[other], words.in_(other))


def rich(language: Language, words: Text | str) -> Markup:
    """Return rich text, made safe and marked with its language where it is not the page's own."""
    safe = Markup(sanitise(side(language, words)))
    if isinstance(words, str) or getattr(words, language) or not words:
        return safe
    (other,) = (each for each in LANGUAGES if each != language)
    return Markup('<div lang="{}">{}</div>').format(TAGS[other], safe)


def say(strings: Mapping[str, Text], language: Language, key: str, **values: object) -> str:
    """Return the words of `key` with `values` filled in, `one|many` chosen by `n`; raise `UnknownWords`."""
    if key not in strings:
        raise UnknownWords(key)
    words = strings[key].in_(language)
    if "|" in words and "n" in values:
        one, many = words.split("|")
        words = one if values["n"] == 1 else many
    filled = {name: side(language, value) if isinstance(value, Text) else value for name, value in values.items()}
    return words.format(**filled) if filled else words


class Pages:
    """The public pages of one service: its templates and words, over the house's."""

    def __init__(
        self, site: Site, folder: Path | None = None, strings: Mapping[str, Text] | None = None, **functions: object
    ) -> None:
        own = dict(strings or {})
        if twice := own.keys() & STRINGS.keys():
            raise ValueError(f"words that the house already has: {', '.join(sorted(twice))}")
        self.site = site
        self.strings = STRINGS | own
        self._functions = functions
        folders = [each for each in (folder, _TEMPLATES) if each]
        self._environments = {language: self._environment(language, folders) for language in LANGUAGES}

    def render(self, template: str, page: PublicPage, **context: object) -> str:
        """Return the page as HTML."""
        return self._environments[page.language].get_template(template).render(page=page, **context)

    def _environment(self, language: Language, folders: Sequence[Path]) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        environment.filters.update(_filters(language))
        environment.globals.update(
            site=self.site,
            language=language,
            languages=LANGUAGES,
            tags=TAGS,
            say=partial(say, self.strings, language),
            url=partial(localised, language),
            asset=asset,
            **self._functions,
        )
        return environment


def _filters(language: Language) -> dict[str, Callable[..., object]]:
    bound: dict[str, Callable[..., object]] = {
        "t": side,
        "marked": marked,
        "rich": rich,
        "weekday": wording.weekday,
        "full_day": wording.full_day,
        "short_day": wording.short_day,
        "month": wording.month,
        "short_month": wording.short_month,
        "day_range": wording.day_range,
        "clock_range": wording.clock_range,
        "zone": wording.zone,
        "listed": wording.listed,
    }
    return {name: partial(filter_, language) for name, filter_ in bound.items()} | {"clock": wording.clock}
