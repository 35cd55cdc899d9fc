"""The speakers of the sample: some 250 people put together from lists of names, the same at every start."""

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from huitang.sample.files import read_toml

CHINESE, FOREIGN = 170, 80
SOURCE = "sample"
"""Under this source people keep their identity over all editions of the sample."""


@dataclass(frozen=True)
class Speaker:
    """Somebody who appears in the sample; `language` is the one they speak in."""

    key: str
    zh: str
    en: str
    affiliation: tuple[str, str]
    language: str

    def as_json(self) -> dict[str, Any]:
        """Return the person as our programme format has it."""
        zh, en = self.affiliation
        name, affiliation = {"zh": self.zh, "en": self.en}, {"zh": zh, "en": en}
        return {"key": self.key, "source": SOURCE, "name": name, "affiliation": affiliation}


@cache
def speakers() -> tuple[Speaker, ...]:
    """Return all speakers, Chinese ones first; no name comes twice."""
    names = read_toml("names")
    chance = random.Random(20_25)
    chinese = _pairs(chance, names["surnames"], names["given"], CHINESE)
    foreign = _pairs(chance, names["foreign_surnames"], names["foreign_given"], FOREIGN)
    made = [
        Speaker(f"p{n:03}", f"{s[0]}{g[0]}", f"{s[1]} {g[1]}", _institution(chance, names["institutions"]), "zh")
        for n, (s, g) in enumerate(chinese)
    ]
    made += [
        Speaker(
            f"f{n:03}", f"{g[0]}·{s[0]}", f"{g[1]} {s[1]}", _institution(chance, names["foreign_institutions"]), "en"
        )
        for n, (s, g) in enumerate(foreign)
    ]
    return tuple(made)


def _institution(chance: random.Random, known: list[list[str]]) -> tuple[str, str]:
    zh, en = chance.choice(known)
    return zh, en


def _pairs(chance: random.Random, ones: Any, others: Any, count: int) -> list[tuple[list[str], list[str]]]:
    """Choose `count` different pairs whose Latin forms differ too."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    while len(found) < count:
        one, other = chance.choice(ones), chance.choice(others)
        found.setdefault(f"{one[1]} {other[1]}", (one, other))
    return list(found.values())
