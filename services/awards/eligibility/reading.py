"""Facts out of a form that is still being filled in: what cannot be read yet is not known yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from services.awards.eligibility.facts import Facts
from services.awards.eligibility.rulebook import RuleSet

_LISTS_OF_PEOPLE = ("members", "co_nominators")


def facts_of(rules: RuleSet, answers: Mapping[str, Any], known: Mapping[str, Any]) -> Facts:
    """Return what a form's answers and what is `known` beside them say; `known` wins.

    Of the form only those fields go along that the rules look at, and of what need only be filled in, that it is: an
    identity number has no place among facts that are kept.
    """
    told: dict[str, Any] = {
        fact: value for fact, place in rules.reads.items() if (value := _told(fact, place, answers)) not in (None, "")
    }
    compared = rules.fields_compared
    form = {name: answers[name] for name in sorted(compared & answers.keys()) if _is_plain(answers[name])}
    filled = (name for name in sorted(rules.fields_tested - compared) if answers.get(name) not in (None, "", [], {}))
    return _readable({**told, **known, "form": {**form, **dict.fromkeys(filled, True)}})


def _told(fact: str, place: str, answers: Mapping[str, Any]) -> Any:
    field, _, inside = place.partition("/")
    value = answers.get(field)
    if inside and isinstance(value, list):
        value = [item.get(inside) if isinstance(item, dict) else None for item in value]
    if fact in _LISTS_OF_PEOPLE and isinstance(value, list):
        return [{"unit": unit or None} for unit in value]
    return [item for item in value if item] if isinstance(value, list) else value


def _is_plain(value: Any) -> bool:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(isinstance(item, str) for item in value)
    return value is None or isinstance(value, str | bool | int | float)


def _readable(told: dict[str, Any]) -> Facts:
    """Return the facts that can be read; what cannot is left out, as if nobody had filled it in."""
    try:
        return Facts.model_validate(told)
    except ValidationError as error:
        places = {error["loc"][:2] if error["loc"][0] == "form" else error["loc"][:1] for error in error.errors()}
    form = {name: value for name, value in told["form"].items() if ("form", name) not in places}
    kept = {name: value for name, value in told.items() if (name,) not in places}
    return Facts.model_validate({**kept, "form": form})
