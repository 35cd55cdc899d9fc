"""Bilingual text: one value with a Chinese and an English side, either of which may be empty.

Stored as two columns by `bilingual()`, travels as `{"zh": …, "en": …}`; the same class serves rules, tables and schemas.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import nh3
from sqlalchemy import String
from sqlalchemy.orm import Composite, MappedColumn, composite, mapped_column

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_RICH_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h3", "h4", "h5", "hr", "i",
    "li", "ol", "p", "pre", "q", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and in English."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def __composite_values__(self) -> tuple[str, str]:
        """Return the two column values, for SQLAlchemy."""
        return self.zh, self.en

    def in_(self, language: Language) -> str:
        """Return the words in `language`, or in the other one where that side is empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def format(self, **values: object) -> "Text":
        """Fill `{name}` in both sides; a value that is itself a `Text` is filled in the side's own language."""

        def side(template: str, language: Language) -> str:
            own = {key: v.in_(language) if isinstance(v, Text) else v for key, v in values.items()}
            return template.format(**own)

        return Text(side(self.zh, "zh"), side(self.en, "en"))

    def missing(self) -> tuple[Language, ...]:
        """Name the sides that are empty although the other is not."""
        if not self:
            return ()
        return tuple(language for language in LANGUAGES if not getattr(self, language))


def same(words: str) -> Text:
    """Make a text that reads alike in both languages, such as a person's Latin name."""
    return Text(words, words)


def bilingual(name: str) -> Composite[Text]:
    """Map a `Text` attribute to the columns `<name>_zh` and `<name>_en`, both not null, empty by default."""

    def side(language: Language) -> MappedColumn[str]:
        return mapped_column(f"{name}_{language}", String, nullable=False, default="", server_default="")

    return composite(Text, side("zh"), side("en"))


def completeness(texts: Iterable[Text]) -> dict[Language, tuple[int, int]]:
    """Count, per language, how many of the non-empty `texts` have that side, and how many there are."""
    asked = [text for text in texts if text]
    return {language: (sum(bool(getattr(t, language)) for t in asked), len(asked)) for language in LANGUAGES}


def sanitise(html: str) -> str:
    """Return rich text that is safe to place in a page: no script, style, form, frame, image or event handler."""
    return nh3.clean(html, tags=_RICH_TAGS, link_rel="noopener nofollow ugc", url_schemes={"http", "https", "mailto"})


def plain(html: str) -> str:
    """Return rich text without its tags, white space folded, for feeds and previews."""
    spaced = re.sub(r"<(?:br|/p|/li|/h\d|/div|/tr)\b[^>]*>", " ", html, flags=re.IGNORECASE)
    words = nh3.clean(spaced, tags=set())
    for entity, sign in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ):
        words = words.replace(entity, sign)
    return " ".join(words.split())


def has_control_characters(words: str) -> bool:
    """Tell whether `words` hold characters that neither XML nor a calendar can carry."""
    return bool(_CONTROL.search(words))


def slug_of(words: str, otherwise: str = "series") -> str:
    """Return a slug of Latin words: lower case, everything else a hyphen, 80 characters at most; never empty."""
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:80].strip("-")
    return slug or otherwise


def free_slug(wanted: str, is_taken: Callable[[str], object]) -> str:
    """Return `wanted`, with the first number behind it that makes it one which nothing has taken."""
    slug, number = wanted, 1
    while is_taken(slug):
        number += 1
        slug = f"{wanted[:75]}-{number}"
    return slug
