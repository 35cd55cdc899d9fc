"""Whatever services put on record is said in both languages where the record is read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from services.awards.cycles.rules import STEPS as OF_CYCLES
from services.events.editions.rules import STEPS as OF_EDITIONS

ROOT = Path(__file__).parents[2]
WORD = re.compile(r'"deed\.([a-z_.]+)": \["[^"]+", "[^"]+"\]')
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDING = {"record", "record_in", "note", "changed", "_record", "_remove"}
"""The names of functions that put a deed on record, or hand one on to be put."""


def recorded() -> Iterator[str]:
    """Read the verbs out of the sources."""
    for file in sorted((ROOT / "services").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RECORDING:
                for part in (part for argument in call.args for part in ast.walk(argument)):
                    if isinstance(part, ast.Constant) and VERB.fullmatch(str(part.value)):
                        yield str(part.value)


def test_every_deed_on_record_has_its_words() -> None:
    words = set(WORD.findall((ROOT / "web" / "src" / "audit" / "words.ts").read_text(encoding="utf-8")))
    verbs = set(recorded())
    verbs |= {f"cycle.{deed}" for deed, _ in OF_CYCLES} | {f"edition.{deed}" for deed, _ in OF_EDITIONS}
    assert len(verbs) > 80
    assert verbs - words == set()
