"""The sheet beside the table that tells of the whole: the conference's names, place and time zone."""

import re
from dataclasses import dataclass, replace

from services.events.exchange.moments_in_cells import shown
from services.events.exchange.programme_file import NOTHING
from services.events.exchange.rules import Place
from services.events.exchange.sheets import Sheet
from shared.text import Text

LABELS = {
    "title_zh": ("会议名称", "Chinese name"),
    "title_en": ("英文名称", "English name"),
    "acronym": ("简称", "Acronym"),
    "zone": ("时区", "Time zone"),
    "venue": ("举办地点", "Venue"),
    "city": ("举办城市", "City"),
    "year": ("年份", "Year"),
}
_NAMES = {label.lower(): name for name, labels in LABELS.items() for label in labels}


@dataclass(frozen=True)
class Facts:
    """What a workbook says of the whole programme; `zone_at` is the cell of its zone."""

    title: Text = NOTHING
    acronym: str = ""
    zone: str = ""
    zone_at: Place | None = None
    venue: str = ""
    city: str = ""
    year: int | None = None


def facts_of(sheets: list[Sheet]) -> Facts:
    """Return what any sheet says with a known label in its first column and a value beside it."""
    found: dict[str, tuple[str, Place]] = {}
    for sheet in sheets:
        for row in range(len(sheet.rows)):
            name = _NAMES.get(shown(sheet.at(row, 0)).rstrip(":：").lower())
            words = shown(sheet.at(row, 1))
            if name and words:
                found.setdefault(name, (words, sheet.place(row, 1)))
    said = {name: words for name, (words, _) in found.items()}
    year = said.get("year", "").rstrip("年")
    facts = Facts(
        title=Text(said.get("title_zh", ""), said.get("title_en", "")),
        acronym=said.get("acronym", ""),
        zone=said.get("zone", ""),
        venue=said.get("venue", ""),
        city=said.get("city", ""),
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else None,
    )
    return replace(facts, zone_at=found["zone"][1]) if "zone" in found else facts
