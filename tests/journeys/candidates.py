"""Candidates for whatever a programme selects: any form filled in whole from its own JSON Schema.

What rules of eligibility ask for is taken from those examples of theirs that come out eligible, by the fields in which
the rules read it; everything else is the least that the schema takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

PATTERNS = {"^[0-9+ -]{6,20}$": "010-68571898", "^[A-Z]{2}$": "CN", "^[0-9A-Z]{18}$": "91110000{number:010}"}
"""What fits the patterns of forms."""
FORMATS = {"date": "2024-06-01", "email": "candidate-{number}@example.org", "uri": "https://example.org/{number}"}
WORDS = "长期从事相关工作并取得成果，经本单位审核属实。"


@dataclass(frozen=True)
class Candidate:
    """One of many: whoever has another number is somebody else."""

    number: int
    born_on: str = "1990-06-01"
    sex: str = "female"

    @property
    def name(self) -> str:
        """Return a name that no other candidate has."""
        return f"候选人{self.number:04}"

    @property
    def identity(self) -> str:
        """Return the valid identity number of somebody of this sex, born on this day."""
        body = f"110105{self.born_on.replace('-', '')}{2 * self.number % 1000 + (self.sex == 'male'):03}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def filled_in(category: Json, eligibility: Json, number: int) -> Json:
    """Return what candidate `number` fills into the form of a category, so that no rule bars them."""
    facts = facts_for(eligibility, category["key"])
    candidate = Candidate(number, facts.get("born_on", "1990-06-01"), facts.get("sex", "female"))
    properties = category["form"]["schema"]["properties"]
    content: Json = {name: _value(name, field, candidate) for name, field in properties.items()}
    for fact, place in eligibility["reads"].items():
        name, _, inside = place.partition("/")
        if facts.get(fact) and name in properties:
            content[name] = _listed(facts[fact], inside, properties[name], candidate) if inside else facts[fact]
    content |= {name: value for name, value in facts["form"].items() if name in properties}
    named = next(name for name in (*content,) if name in ("name", "title") or name.endswith("_name"))
    return content | {named: candidate.name}


def facts_for(eligibility: Json, category: str) -> Json:
    """Return the facts of an example that the rules call eligible, one of this category if there is any."""
    good = [each["facts"] for each in eligibility["examples"] if each["expected"] == "eligible"]
    return next((facts for facts in good if facts.get("category") == category), good[0])


def _listed(values: list[Any], inside: str, field: Json, candidate: Candidate) -> list[Json]:
    """Return a list of entries of which each says one of `values` at `inside`, and no fewer than the form asks for."""
    entry = _value("", field["items"], candidate)
    told = [value.get(inside) if isinstance(value, Mapping) else value for value in values]
    told += [None] * (field.get("minItems", 0) - len(told))
    return [entry | ({inside: value} if value else {}) for value in told]


def _value(name: str, field: Json, candidate: Candidate) -> Any:
    if "enum" in field:
        return field["enum"][0]
    return {"string": _text, "array": _list, "object": _object}.get(field["type"], _plain)(name, field, candidate)


def _text(name: str, field: Json, candidate: Candidate) -> str:
    if field.get("format") == "identity-number":
        return candidate.identity
    if told := PATTERNS.get(field.get("pattern", "")) or FORMATS.get(field.get("format", "")):
        return told.format(number=candidate.number)
    if name == "name":
        return candidate.name
    repeated = WORDS * (field.get("minLength", 1) // len(WORDS) + 1)
    return repeated[: field.get("maxLength", len(repeated))]


def _list(name: str, field: Json, candidate: Candidate) -> list[Any]:
    least = max(field.get("minItems", 0), 1)
    return (field["items"].get("enum") or [_value("", field["items"], candidate)] * least)[:least]


def _object(_: str, field: Json, candidate: Candidate) -> Json:
    return {name: _value(name, inner, candidate) for name, inner in field["properties"].items()}


def _plain(_: str, field: Json, __: Candidate) -> Any:
    return True if field["type"] == "boolean" else field.get("minimum", 1)
