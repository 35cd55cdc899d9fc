"""Every word that a template asks for is written in both languages, and no word is written for nothing."""

import importlib
import re
from pathlib import Path

import pytest

from shared.pages.strings import STRINGS as HOUSE
from shared.text import Text
from tools.house import ROOT

TABLES = sorted(
    [
        *ROOT.glob("services/*/pages/strings.py"),
        *ROOT.glob("*/pages/strings.py"),
        ROOT / "tests/shared/pages_demo/strings.py",
    ]
)
_SAY = re.compile(r"""say\(\s*["']([\w.]+)["']\s*(~)?""")
_TAGS = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def spoken(table: Path) -> str:
    """Return the templates beside a table of words, and the code of their service."""
    files = [*table.parent.rglob("*.html"), *(each for each in table.parents[1].rglob("*.py") if each != table)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.relative_to(ROOT).parent.as_posix())
def test_words_and_templates_agree(table: Path) -> None:
    own: dict[str, Text] = importlib.import_module(".".join(table.relative_to(ROOT).with_suffix("").parts)).STRINGS
    text = spoken(table)
    asked = {key for key, composed in _SAY.findall(text) if not composed}
    beginnings = tuple(key for key, composed in _SAY.findall(text) if composed)
    unused = {key for key in own if not (f'"{key}"' in text or f"'{key}'" in text or key.startswith(beginnings))}
    assert sorted(asked - own.keys() - HOUSE.keys()) == [], "asked for, but written nowhere"
    assert sorted(unused) == [], "written, but asked for nowhere"
    assert [key for key, words in own.items() if not (words.zh and words.en)] == [], "written in one language only"


def test_templates_hold_no_words_of_their_own() -> None:
    """Chinese outside of an expression is a word that the other language lacks."""
    faults = [
        f"{file.relative_to(ROOT)}: {match}"
        for file in [*ROOT.glob("services/*/pages/**/*.html"), *ROOT.glob("shared/pages/**/*.html")]
        for match in re.findall(r"[\u4e00-\u9fff]+", _TAGS.sub("", file.read_text(encoding="utf-8")))
    ]
    assert faults == []
