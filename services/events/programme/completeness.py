"""How much of what the public reads is there in each language. Pure: texts in, a report out."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.text import LANGUAGES, Language, Text, completeness


@dataclass(frozen=True, slots=True)
class Shown:
    """One text that the public reads: of which part, of which thing, which field."""

    part: str
    id: str
    field: str
    text: Text


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that has words in the other language only."""

    shown: Shown
    language: Language

    def other(self) -> str:
        """Return the words that are there."""
        return self.shown.text.in_(self.language)


Counts = dict[Language, tuple[int, int]]
"""Per language: how many texts have it, of how many that have words at all."""


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of everything, of each part, and every gap in the order of reading."""

    whole: Counts
    parts: dict[str, Counts]
    gaps: list[Gap]


def report(texts: Iterable[Shown]) -> Report:
    """Count what is there and list what is missing."""
    shown = list(texts)
    by_part: dict[str, list[Text]] = {}
    for one in shown:
        by_part.setdefault(one.part, []).append(one.text)
    gaps = [Gap(one, language) for language in LANGUAGES for one in shown if language in one.text.missing()]
    return Report(
        completeness(one.text for one in shown), {part: completeness(each) for part, each in by_part.items()}, gaps
    )
