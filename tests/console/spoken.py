"""What the console says in a language: its own words by their keys, for journeys that are made in more than one."""

import json
import re
from functools import cache
from pathlib import Path

from shared.text import LANGUAGES

WEB = Path(__file__).parents[2] / "web" / "src"
_STRING = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rf'"([\w.]+)": \[\s*({_STRING}),\s*({_STRING}),?\s*\]')


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return what is said under each key, in every language."""
    texts = (path.read_text() for path in sorted(WEB.rglob("*.ts")))
    found = (match.groups() for text in texts for match in _PAIR.finditer(text))
    return {key: tuple(json.loads(each) for each in pair) for key, *pair in found}


def said(language: str, key: str, **values: object) -> str:
    """Return what stands under a key in a language, with its values in place."""
    text = words()[key][LANGUAGES.index(language)]
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match[1]]), text)
