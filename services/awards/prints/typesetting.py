"""Pages set by typst. What is printed is data, never markup: nothing that anybody has written is run or read as a command."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

from services.awards.prints.coverage import characters_of, settable
from services.awards.prints.rules import FontsMissing
from shared.late import Late

typst = Late("typst")

CHINESE = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Songti SC", "SimSun", "FandolSong", "AR PL UMing CN", "WenQuanYi Zen Hei",
)  # fmt: skip
"""Fonts with the characters that names are written in, the first that is there is taken."""

HAN = (
    "CJK",
    "Han",
    "Song",
    "Sun",
    "Ming",
    "Hei",
    "Kai",
    "Fang",
    "Plangothic",
    "Jigmo",
    "Noto Serif SC",
    "Noto Sans SC",
)
"""What the names of fonts with Chinese characters have in them."""

_TEMPLATES = Path(__file__).parent / "templates"
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""The time that a PDF says it was made at: the same content gives the same bytes."""


@lru_cache(maxsize=4)
def _fonts(folder: Path | None) -> tuple[Any, str, frozenset[int]]:
    """Return the fonts of this machine, the one for Chinese, and the characters of all such; raise `FontsMissing`."""
    fonts = typst.Fonts(font_paths=[str(folder)] if folder else [])
    there = set(fonts.families())
    chosen = next((name for name in CHINESE if name in there), None)
    if chosen is None:
        raise FontsMissing()
    chinese = [(font.path, font.index) for font in fonts.fonts() if any(word in font.family for word in HAN)]
    return fonts, chosen, characters_of((Path(path), index) for path, index in chinese if path)


def typeset(template: str, data: Mapping[str, Any], folder: Path | None) -> bytes:
    """Return the PDF that a template makes of `data`; raise `FontsMissing`."""
    fonts, chosen, characters = _fonts(folder)
    source = (_TEMPLATES / f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps({**settable(dict(data), characters), "font": chosen}, ensure_ascii=False)}
    compiler = typst.Compiler(source, root=str(_TEMPLATES), font_paths=fonts)
    made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=_LONG_AGO)
    assert isinstance(made, bytes)
    return made


def qr_of(text: str) -> str:
    """Return a QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
