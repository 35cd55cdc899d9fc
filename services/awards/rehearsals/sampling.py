"""What a sample says: any form filled in from its own schema, and of nobody there is. Pure.

What the rules of eligibility ask for is taken from those of their own examples that come out eligible, by the fields in which
the rules read it; everything else is the least that the schema takes. What cannot be made up is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.awards.nominations.filling import faults_while_written, naming_fields
from services.awards.programmes.forms import validator_of
from services.awards.programmes.identity import with_check_digit

MARK = "演练示例"
"""What the name of every sample begins with."""
WORDS = f"{MARK}，不含真实信息。A sample for rehearsals: nothing of it is true."
"""What every text of a sample says."""
AREA = "999999"
"""The area in identity numbers of samples: there is none such, so that nobody has one of them."""
_FORMATS = {
    "date": "2024-06-01", "date-time": "2024-06-01T09:00:00+08:00", "email": "sample-{number}@example.org",
    "uri": "https://example.org/{number}",
}  # fmt: skip
_TRIED = ("010-68571898", "CN", "91110000{number:010}", "100000", "2024", "1", "A1", "a", MARK)
"""What many patterns take: telephone numbers, countries, codes of units, postcodes, years."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class _Nobody:
    number: int
    born_on: str
    male: bool

    @property
    def identity(self) -> str:
        return with_check_digit(f"{AREA}{self.born_on.replace('-', '')}{2 * self.number % 1000 + self.male:03}")


def content_of(category: Json, rules: Json, number: int) -> dict[str, Any]:
    """Return what the sample of this number says in the form of a category."""
    schema, facts = category["form"]["schema"], _facts_for(rules, category["key"])
    nobody = _Nobody(number, facts.get("born_on", "1990-06-01"), facts.get("sex") == "male")
    properties = schema["properties"]
    content = {name: _value(field, nobody) for name, field in properties.items()}
    for fact, place in (rules.get("reads") or {}).items():
        name, _, inside = place.partition("/")
        if facts.get(fact) and name in properties:
            content[name] = _listed(facts[fact], inside, properties[name], nobody) if inside else facts[fact]
    content |= {name: value for name, value in facts.get("form", {}).items() if name in properties}
    named = next((name for name in naming_fields(category["form"]) if _is_free(properties[name])), None)
    if named:
        content[named] = f"{MARK}{number:03} Sample"[: properties[named].get("maxLength")]
    return _taken(schema, {name: value for name, value in content.items() if value is not None})


def _facts_for(rules: Json, category: str) -> Json:
    """Return the facts of an example that the rules call eligible, one of this category if there is any."""
    good = [each["facts"] for each in rules.get("examples") or () if each["expected"] == "eligible"]
    return next((facts for facts in good if facts.get("category") == category), good[0] if good else {})


def _is_free(field: Json) -> bool:
    return bool(field["type"] == "string" and not field.keys() & {"enum", "const", "format", "pattern"})


def _taken(schema: Json, content: dict[str, Any]) -> dict[str, Any]:
    """Return what of `content` may stand in a draft."""
    faults = faults_while_written(schema, content)
    wrong = {fault.pointer.split("/")[2].replace("~1", "/").replace("~0", "~") for fault in faults}
    return {name: value for name, value in content.items() if name not in wrong}


def _listed(values: list[Any], inside: str, field: Json, nobody: _Nobody) -> list[Any]:
    """Return a list of entries of which each says one of `values` at `inside`, and no fewer than the form asks for."""
    told = [value.get(inside) if isinstance(value, Mapping) else value for value in values]
    told += [None] * (field.get("minItems", 0) - len(told))
    return [(_value(field["items"], nobody) or {}) | ({inside: value} if value else {}) for value in told]


def _value(field: Json, nobody: _Nobody) -> Any:
    """Return what a field says; nothing where that cannot be made up."""
    if "const" in field or "enum" in field:
        return field["const"] if "const" in field else field["enum"][0]
    kind = field["type"]
    if kind == "object":
        inside = {name: _value(inner, nobody) for name, inner in field.get("properties", {}).items()}
        return {name: value for name, value in inside.items() if value is not None}
    if kind == "array":
        return _list(field, nobody)
    if kind == "boolean":
        return True
    return _text(field, nobody) if kind == "string" else _amount(field)


def _list(field: Json, nobody: _Nobody) -> list[Any] | None:
    least = max(field.get("minItems", 0), 1)
    choices = field["items"].get("enum")
    rows = choices[:least] if choices else [_value(field["items"], nobody) for _ in range(least)]
    return None if None in rows else rows


def _amount(field: Json) -> Any:
    least = field.get("minimum", field.get("exclusiveMinimum", 0) + 1)
    step = field.get("multipleOf", 1)
    most = field.get("maximum", least)
    return min(-(-least // step) * step, most)


def _text(field: Json, nobody: _Nobody) -> str | None:
    if field.get("format") == "identity-number":
        return nobody.identity
    if made := _FORMATS.get(field.get("format", "")):
        return made.format(number=nobody.number)
    if "pattern" in field:
        holds = validator_of(field)
        tried = (each.format(number=nobody.number) for each in _TRIED)
        return next((each for each in tried if holds.is_valid(each)), None)
    times = int(field.get("minLength", 0)) // len(WORDS) + 1
    return (WORDS * times)[: field.get("maxLength")]
